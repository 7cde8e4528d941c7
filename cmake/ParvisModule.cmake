# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2

# parvis_together(TARGETS...): their sources are compiled a dozen at a time, where the build is of that kind. Names
# of anonymous namespaces are unique in a target because of it.
function(parvis_together)
    if(PARVIS_UNITY)
        set_target_properties(${ARGN} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    endif()
endfunction()

# parvis_add_module(<name> SOURCES ... [DEPENDS ...] [PRIVATE ...])
#
# A static library parvis_<name>, its headers included as "<name>/x.h".
# DEPENDS is the only way to reach another module: what is not listed cannot be included.
# PRIVATE names foreign libraries that only the sources use.
function(parvis_add_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
    add_library(parvis_${name} STATIC ${arg_SOURCES})
    add_library(parvis::${name} ALIAS parvis_${name})
    # Each module sees only itself: headers are staged one folder per module.
    set(stage ${CMAKE_BINARY_DIR}/include/${name})
    file(MAKE_DIRECTORY ${stage})
    file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${stage}/${name} SYMBOLIC)
    target_include_directories(parvis_${name} PUBLIC ${stage})
    target_link_libraries(parvis_${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE} parvis_flags)
    parvis_together(parvis_${name})
endfunction()

# The tests of these folders have the label hostile as well: what reads what servers, files and disks hold. Continuous
# integration runs that label under the sanitizers; `./dev test --preset asan` runs everything there.
set(PARVIS_HOSTILE_FOLDERS api base events fuzz media net policy search session store sync text)

# Of what a label's tests need, one target tests_<label>: `./dev test --preset asan --label hostile` builds no more.
function(parvis_needed_by label)
    if(NOT TARGET tests_${label})
        add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} ${ARGN})
endfunction()

# parvis_add_test(<name> LIBS ... [LABEL unit] [TIMEOUT 120] [ARGUMENTS ...]): tst_<name>.cpp, one class, one executable.
function(parvis_add_test name)
    cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "LIBS;ARGUMENTS" ${ARGN})
    if(NOT arg_LABEL)
        set(arg_LABEL unit)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    add_executable(tst_${name} tst_${name}.cpp)
    target_link_libraries(tst_${name} PRIVATE Qt6::Test ${arg_LIBS} parvis_flags)
    parvis_unhurried(tst_${name})
    # One source and its .moc: what AUTOMOC does around them takes longer than the moc.
    set_target_properties(tst_${name} PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
    set(moc ${CMAKE_CURRENT_BINARY_DIR}/tst_${name}.moc)
    qt_generate_moc(tst_${name}.cpp ${moc} TARGET tst_${name})
    target_sources(tst_${name} PRIVATE ${moc})
    target_include_directories(tst_${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
    if(NOT PARVIS_FUZZ)
        target_precompile_headers(tst_${name} REUSE_FROM parvis_test_prelude)
    endif()
    set_target_properties(tst_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
    if(arg_LABEL STREQUAL "unit" AND folder IN_LIST PARVIS_HOSTILE_FOLDERS)
        list(APPEND arg_LABEL hostile)
        parvis_needed_by(hostile tst_${name})
    endif()
    add_test(NAME ${name} COMMAND tst_${name} ${arg_ARGUMENTS})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software")
endfunction()

# parvis_add_script_test(<name> SCRIPT file.py [ARGUMENTS ...] LABEL interop [TIMEOUT 600] [SESSION] [ENVIRONMENT A=b ...])
#
# A test in Python that uses the built programs. SESSION: in a desktop session of its own (cmake/dev/session.sh).
# Those with label hostile need parvis-driver alone.
function(parvis_add_script_test name)
    cmake_parse_arguments(arg "SESSION" "SCRIPT;TIMEOUT" "LABEL;ARGUMENTS;ENVIRONMENT" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 600)
    endif()
    set(session)
    if(arg_SESSION)
        set(session ${CMAKE_SOURCE_DIR}/cmake/dev/session.sh --)
    endif()
    set(sanitizers)
    if(PARVIS_SANITIZE)
        # Less quarantine: these tests hold the memory that the programs take.
        set(sanitizers "ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:quarantine_size_mb=8")
    endif()
    # Debian's own Python: it has the bindings of AT-SPI.
    add_test(NAME ${name}
        COMMAND ${session} /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/${arg_SCRIPT} ${arg_ARGUMENTS})
    if("hostile" IN_LIST arg_LABEL)
        parvis_needed_by(hostile parvis-driver)
    endif()
    math(EXPR inner "${arg_TIMEOUT} - 10")
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABEL}" TIMEOUT ${arg_TIMEOUT} ENVIRONMENT
        "PARVIS_DRIVER=$<TARGET_FILE:parvis-driver>;PARVIS_BIN=${CMAKE_BINARY_DIR}/bin;PARVIS_TEST_SECONDS=${inner};${sanitizers};${arg_ENVIRONMENT}")
endfunction()
