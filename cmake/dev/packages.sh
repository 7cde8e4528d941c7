# shellcheck shell=bash disable=SC2034
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Debian packages by purpose (12 and newer). docs/dependencies.md says why each library is here.

PACKAGES_build="
    git ca-certificates cmake ninja-build g++ ccache mold pkg-config
    qt6-base-dev qt6-base-private-dev qt6-declarative-dev qt6-declarative-private-dev
    qt6-declarative-dev-tools qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev
    qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript
    qml6-module-qtquick qml6-module-qtquick-window qml6-module-qtquick-templates
    qml6-module-qtquick-controls qml6-module-qtquick-layouts qml6-module-qtquick-dialogs
    qml6-module-qtquick-shapes qml6-module-qt-labs-folderlistmodel qml6-module-qt-labs-qmlmodels qml6-module-qttest
    libgl-dev libvulkan-dev libxkbcommon-dev
    libolm-dev libcmark-dev cmark qtkeychain-qt6-dev libsqlcipher-dev libsimdjson-dev
    libssl-dev libexpected-dev libargon2-dev libqrencode-dev libzxing-dev libstemmer-dev libgumbo-dev"

# clang-format 14 decides about the style: another version breaks lines elsewhere.
PACKAGES_lint="
    clang-format clang-tidy reuse codespell shellcheck python3"

# zstd: the archive of a homeserver. npm brings a Node of its own choice for the peer client.
PACKAGES_test="
    python3 zstd npm strace dbus dbus-user-session gnome-keyring libsecret-tools
    xvfb xdotool x11-utils openbox imagemagick at-spi2-core gir1.2-atspi-2.0 python3-gi
    fontconfig fonts-inter fonts-noto-core fonts-noto-color-emoji"

# A window on a person's own screen; the demo world behind it.
PACKAGES_run="
    python3 zstd npm dbus dbus-user-session gnome-keyring
    fontconfig fonts-inter fonts-noto-core fonts-noto-color-emoji"

PACKAGES_package="
    dpkg-dev file fakeroot desktop-file-utils appstream"

PACKAGES_fuzz="
    clang libclang-rt-dev"
