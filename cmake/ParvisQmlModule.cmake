# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2

# The whole window, for an executable to link: parvis::qml.
add_library(parvis_qml INTERFACE)
add_library(parvis::qml ALIAS parvis_qml)

# parvis_add_qml_module(<folder> <Uri> [SINGLETONS ...] [IMPORTS ...] FILES ...)
#
# The QML module Parvis.<Uri> of qml/<folder> as a static library, compiled ahead of time.
function(parvis_add_qml_module folder uri)
    cmake_parse_arguments(arg "" "" "SINGLETONS;IMPORTS;FILES" ${ARGN})
    # Before the module call: it reads the property.
    set_source_files_properties(${arg_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
    qt_add_library(parvis_qml_${folder} STATIC)
    # Without optimisation nobody waits for bindings, but everybody for the build.
    if(CMAKE_BUILD_TYPE STREQUAL "Debug")
        set(interpreted NO_CACHEGEN)
    endif()
    qt_add_qml_module(parvis_qml_${folder} URI Parvis.${uri} VERSION 1.0 RESOURCE_PREFIX /qt/qml
        ${interpreted} IMPORTS ${arg_IMPORTS} QML_FILES ${arg_SINGLETONS} ${arg_FILES})
    target_link_libraries(parvis_qml_${folder} PRIVATE Qt6::Quick)
    parvis_together(parvis_qml_${folder})
    target_link_libraries(parvis_qml INTERFACE parvis_qml_${folder} parvis_qml_${folder}plugin)
endfunction()
