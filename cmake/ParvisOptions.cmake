# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2

option(PARVIS_FORCE_ASSERTS "Keep Q_ASSERT in optimised builds (CI)" OFF)
option(PARVIS_FULL_DEBUG_INFO "Keep variables in the debug information, for a debugger" OFF)
option(PARVIS_FUZZ "Build the fuzzers with libFuzzer (clang)" OFF)
option(PARVIS_UNITY "Compile sources a dozen at a time: half the time from nothing, more after each change" ON)
set(PARVIS_SANITIZE "" CACHE STRING "Sanitizers of GCC or clang, for example address,undefined")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Relative to the source tree, so that presets and clones of one person share what was compiled once.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

# Lines and functions, which a backtrace needs; variables cost a quarter of the time that a build takes.
foreach(configuration DEBUG RELWITHDEBINFO)
    if(NOT PARVIS_FULL_DEBUG_INFO)
        string(REGEX REPLACE "-g( |$)" "-g1\\1" CMAKE_CXX_FLAGS_${configuration} "${CMAKE_CXX_FLAGS_${configuration}}")
    endif()
endforeach()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

# What every target of ours is compiled with.
add_library(parvis_flags INTERFACE)
target_compile_options(parvis_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wimplicit-fallthrough -fstack-protector-strong -fcf-protection=full)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
    # False alarms in moved tl::expected and std::optional (GCC bug 105562 and its like; seen with 12 and 14). Newer
    # ones and clang still look.
    target_compile_options(parvis_flags INTERFACE -Wno-maybe-uninitialized)
endif()
cmake_host_system_information(RESULT memory QUERY TOTAL_PHYSICAL_MEMORY)
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
math(EXPR memory "${memory} / (${cores} + 2)") # MiB for each of the compilers that run at once
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND memory GREATER 3000)
    # GCC tidies up its memory from a few MiB on: a tenth to a quarter of its time, for nothing where memory is plenty.
    target_compile_options(parvis_flags INTERFACE "SHELL:--param ggc-min-heapsize=2000000")
endif()
target_link_options(parvis_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
target_compile_definitions(parvis_flags INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH QT_NO_KEYWORDS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(PARVIS_FORCE_ASSERTS)
    target_compile_definitions(parvis_flags INTERFACE QT_FORCE_ASSERTS)
endif()
if(PARVIS_SANITIZE)
    target_compile_options(parvis_flags INTERFACE -fsanitize=${PARVIS_SANITIZE} -fno-omit-frame-pointer)
    if(PARVIS_SANITIZE MATCHES "address" AND PARVIS_SANITIZE MATCHES "undefined")
        # Looked for at every access to a member, a quarter of the time that a build takes; the address sanitizer sees
        # what comes of it.
        target_compile_options(parvis_flags INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
    endif()
    target_link_options(parvis_flags INTERFACE -fsanitize=${PARVIS_SANITIZE})
elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    # _FORTIFY_SOURCE needs optimisation and hides errors from the sanitizers.
    set(unhurried $<BOOL:$<TARGET_PROPERTY:PARVIS_UNHURRIED>>)
    target_compile_options(parvis_flags INTERFACE -U_FORTIFY_SOURCE $<$<NOT:${unhurried}>:-D_FORTIFY_SOURCE=2>
        "$<${unhurried}:-O0;-g0>")
endif()

# Hundreds of tests are linked: a second each with the system's linker.
find_program(MOLD mold)

# parvis_unhurried(TARGETS...): tests and their fakes, which are built more often than they run: to optimise them
# takes longer than it saves. What they test is optimised as it ships.
function(parvis_unhurried)
    if(PARVIS_FUZZ)
        return()
    endif()
    set_target_properties(${ARGN} PROPERTIES PARVIS_UNHURRIED ON)
    if(MOLD)
        foreach(target ${ARGN})
            get_target_property(type ${target} TYPE)
            if(type STREQUAL "EXECUTABLE")
                target_link_options(${target} PRIVATE -fuse-ld=mold)
            endif()
        endforeach()
    endif()
endfunction()

# parvis_harden([TARGETS...]): for what Qt generates (compiled QML, resources), which does not link parvis_flags;
# without names, for all targets that this folder makes from here on.
function(parvis_harden)
    if(PARVIS_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Debug")
        return()
    endif()
    set(options -fstack-protector-strong -fcf-protection=full -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
    if(ARGN)
        foreach(target ${ARGN})
            target_compile_options(${target} PRIVATE ${options})
        endforeach()
    else()
        set_property(DIRECTORY APPEND PROPERTY COMPILE_OPTIONS ${options})
    endif()
endfunction()
