# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# A package of the application: built apart, without tests and assertions.

dev_package() {
    local modules deb
    ensure build package
    modules=$(python3 cmake/dev/qml_packages.py)
    desktop-file-validate packaging/*.desktop
    appstreamcli validate --no-net packaging/*.metainfo.xml
    cmake --preset package "-DPARVIS_QML_PACKAGES=$modules"
    cmake --build --preset package -j "$JOBS" --target parvis
    if ninja -C build/package -t query parvis-decoder > /dev/null 2>&1; then
        cmake --build --preset package -j "$JOBS" --target parvis-decoder
    fi
    rm -f build/package/*.deb
    cpack --preset package > build/package/cpack.log || { cat build/package/cpack.log >&2; die "cpack failed"; }
    deb=$(find build/package -maxdepth 1 -name 'parvis_*.deb')
    check_deb "$deb"
    say "$deb"
    dpkg-deb --info "$deb" | grep -E '^ *(Version|Installed-Size|Depends|Recommends):'
}

# Nothing from backports, and what is inside is hardened.
check_deb() { # DEB
    local tree
    tree=$(mktemp -d)
    dpkg-deb --extract "$1" "$tree"
    find "$tree/usr" -type f -perm -u+x -exec cmake/dev/check_binary.sh {} + || die "the packaged program is not hardened"
    ! grep -rqF "$ROOT" "$tree" || die "the package holds paths of this machine"
    rm -rf "$tree"
    ! dpkg-deb --field "$1" Depends | grep -Eq 'bpo|libsqlcipher' || die "the package depends on backports"
}
