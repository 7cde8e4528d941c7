# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# What a package holds. './dev package' makes one; packaging/test_deb.sh installs it in a clean system.
if(NOT TARGET parvis)
    return()
endif()
include(GNUInstallDirs)
# Qt's set-up gives programs the folders beside them: an installed one takes the system's libraries alone.
set_target_properties(parvis PROPERTIES INSTALL_RPATH "")
install(TARGETS parvis RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET parvis-decoder)
    set_target_properties(parvis-decoder PROPERTIES INSTALL_RPATH "")
    install(TARGETS parvis-decoder RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/parvis)
endif()
set(packaging ${CMAKE_CURRENT_SOURCE_DIR}/packaging)
install(FILES ${packaging}/org.parvis.Parvis.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${packaging}/org.parvis.Parvis.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${packaging}/org.parvis.Parvis.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${packaging}/policy.example.json ${packaging}/copyright CHANGELOG.md
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/parvis)

set(CPACK_PACKAGE_NAME parvis)
set(CPACK_PACKAGE_VENDOR "Parvis contributors")
set(CPACK_PACKAGE_CONTACT "Parvis contributors <contributors@parvis.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "encrypted conversations for public officials")
set(CPACK_PACKAGE_DESCRIPTION "Parvis is a desktop messenger for the Matrix protocol, made for public administrations.
Conversations are end-to-end encrypted, and so is everything on disk. Administrators set its policy in
/etc/parvis/policy.json; an example is in /usr/share/doc/parvis.")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Libraries are found in the binary. QML modules are not linked: PARVIS_QML_PACKAGES is what
# cmake/dev/qml_packages.py found that the pages import.
set(PARVIS_QML_PACKAGES "" CACHE STRING "Debian packages of the imported QML modules")
set(CPACK_DEBIAN_PACKAGE_DEPENDS ${PARVIS_QML_PACKAGES})
# A keychain, the fonts of the design, the plugin for Wayland: it runs without, less well.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "gnome-keyring | kwalletmanager | keepassxc, fonts-inter, fonts-noto-color-emoji, fonts-noto-core, qt6-wayland")
include(CPack)
