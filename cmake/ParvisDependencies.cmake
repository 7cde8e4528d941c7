# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Every library that is not Qt. docs/dependencies.md says why each is here.
find_package(PkgConfig REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(Olm 3.2.13 REQUIRED)
find_package(simdjson REQUIRED) # 3.0 and newer; its own version file refuses every newer one
find_package(tl-expected REQUIRED)
find_package(cmark REQUIRED)
find_package(Qt6Keychain 0.13 REQUIRED)
pkg_check_modules(Argon2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(Gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(QrEncode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(ZXing REQUIRED IMPORTED_TARGET zxing>=1.4)

# Snowball's own build says nothing of itself: no pkg-config file, no CMake package.
find_path(STEMMER_INCLUDE_DIR NAMES libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY NAMES stemmer REQUIRED)
add_library(parvis_stemmer INTERFACE)
add_library(parvis::stemmer ALIAS parvis_stemmer)
target_include_directories(parvis_stemmer SYSTEM INTERFACE ${STEMMER_INCLUDE_DIR})
target_link_libraries(parvis_stemmer INTERFACE ${STEMMER_LIBRARY})

# SQLCipher >= 4.5.6 (SQLite >= 3.44). The static library is taken where there is one, so that a package
# built on a distribution whose own SQLCipher is too old asks for nothing from backports.
pkg_check_modules(SqlCipher REQUIRED IMPORTED_TARGET sqlcipher)
find_library(PARVIS_SQLCIPHER_STATIC NAMES libsqlcipher.a)
add_library(parvis_sqlcipher INTERFACE)
add_library(parvis::sqlcipher ALIAS parvis_sqlcipher)
target_compile_definitions(parvis_sqlcipher INTERFACE SQLITE_HAS_CODEC)
target_include_directories(parvis_sqlcipher SYSTEM INTERFACE ${SqlCipher_INCLUDE_DIRS})
if(PARVIS_SQLCIPHER_STATIC)
    target_link_libraries(parvis_sqlcipher INTERFACE ${PARVIS_SQLCIPHER_STATIC} OpenSSL::Crypto ${CMAKE_DL_LIBS} m)
else()
    target_link_libraries(parvis_sqlcipher INTERFACE PkgConfig::SqlCipher)
endif()
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_DEFINITIONS -DSQLITE_HAS_CODEC)
if(PARVIS_SQLCIPHER_STATIC)
    set(CMAKE_REQUIRED_LIBRARIES ${PARVIS_SQLCIPHER_STATIC} OpenSSL::Crypto ${CMAKE_DL_LIBS} m)
else()
    set(CMAKE_REQUIRED_LIBRARIES PkgConfig::SqlCipher)
endif()
check_cxx_source_compiles("
    #include <sqlcipher/sqlite3.h>
    #if SQLITE_VERSION_NUMBER < 3044000
    #error too old
    #endif
    int main() { return sqlite3_key_v2 == nullptr; }" PARVIS_SQLCIPHER_OK)
unset(CMAKE_REQUIRED_LIBRARIES)
unset(CMAKE_REQUIRED_DEFINITIONS)
if(NOT PARVIS_SQLCIPHER_OK)
    unset(PARVIS_SQLCIPHER_OK CACHE) # ask again once it is installed
    message(FATAL_ERROR "SQLCipher 4.5.6 or newer (SQLite 3.44) is needed. './dev setup' installs it.")
endif()
