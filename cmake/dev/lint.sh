# shellcheck shell=bash
# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
#
# Static checks. All of them run, then the failed ones are named.

dev_lint() { # [--quick | --all]
    local mode=${1:-} failed=()
    [[ $mode =~ ^(|--quick|--all)$ ]] || die "lint: no option '$mode'"
    ensure build lint
    check "licences" reuse lint --quiet
    check "tree" python3 cmake/dev/lint_tree.py
    check "layers" python3 cmake/dev/lint_layers.py
    check "spelling" lint_spelling
    check "shell" lint_shell
    check "format" lint_format
    if [ "$mode" != --quick ]; then
        . cmake/dev/build.sh
        # What is generated (moc, type descriptions of QML modules) is part of what is checked.
        check "build" build release
        check "clang-tidy" lint_tidy "$mode"
        check "headers" lint_headers "$mode"
        check "qmllint" lint_qml
    fi
    [ ${#failed[@]} -eq 0 ] || die "lint failed: ${failed[*]}"
    say "lint: all is well"
}

check() { # NAME COMMAND...
    local began=$EPOCHREALTIME
    if ! "${@:2}"; then
        failed+=("$1")
        echo "lint: $1 FAILED" >&2
        return 0
    fi
    awk -v name="$1" -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "lint: %-10s %5.1f s\n", name, to - from }'
}

tracked() { # GIT PATHSPECS: files that exist, new ones too
    git ls-files --cached --others --exclude-standard -- "$@" | sort -u | while read -r file; do
        [ ! -f "$file" ] || echo "$file"
    done
}

lint_format() {
    local version files
    version=$(clang-format --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
    if [ "$version" != 14 ]; then
        echo "lint: clang-format $version is not 14, which decides about the style: not checked"
        return 0
    fi
    mapfile -t files < <(tracked '*.cpp' '*.h')
    clang-format --dry-run -Werror "${files[@]}"
}

lint_shell() {
    local files
    mapfile -t files < <(tracked dev .ci/run '*.sh' tests/homeserver/synapse-python)
    shellcheck --external-sources --severity=warning "${files[@]}"
}

lint_spelling() {
    local files
    mapfile -t files < <(tracked '*.cpp' '*.h' '*.qml' '*.md' '*.py' '*.sh' '*.mjs' '*.cmake' CMakeLists.txt dev .ci/run \
        ':!tests/demo' ':!LICENSES')
    codespell --quiet-level=3 --ignore-regex='\b[a-z]+[A-Z]\w*' --ignore-words=cmake/dev/codespell.txt "${files[@]}"
}

# Since the branch left main; on main itself since the newest tag, or in the last ten commits.
# PARVIS_LINT_BASE names another point.
lint_base() {
    local base=${PARVIS_LINT_BASE:-}
    if [ -z "$base" ] && [ "$(git rev-parse --abbrev-ref HEAD)" != main ]; then
        base=$(git merge-base HEAD main 2> /dev/null || git merge-base HEAD origin/main 2> /dev/null || true)
    fi
    [ -n "$base" ] || base=$(git describe --tags --abbrev=0 2> /dev/null || true)
    [ -n "$base" ] || base=$(git rev-list --max-count=11 HEAD | tail -n 1)
    echo "$base"
}

to_check() { # REGEX MODE LIMIT: the changed sources, newest first, or with --all every one
    local files
    if [ "$2" = --all ]; then
        tracked src app tests | grep -E "$1" || true
        return 0
    fi
    mapfile -t files < <(
        {
            git diff --name-only HEAD
            git ls-files --others --exclude-standard
            git log --name-only --format= "$(lint_base)..HEAD"
        } | awk '!seen[$0]++' | grep -E "^(src|app|tests)/.*$1" \
            | while read -r file; do [ ! -f "$file" ] || echo "$file"; done
    )
    if [ ${#files[@]} -gt "$3" ]; then
        echo "lint: ${#files[@]} files changed, the newest $3 are checked; --all checks every one" >&2
    fi
    [ ${#files[@]} -eq 0 ] || printf '%s\n' "${files[@]:0:$3}"
}

lint_tidy() { # MODE
    local files
    mapfile -t files < <(to_check '\.cpp$' "$1" 15 | python3 cmake/dev/compiled.py build/release --known)
    python3 cmake/dev/compiled.py build/release --database build/lint/compile_commands.json
    [ ${#files[@]} -eq 0 ] || printf '%s\n' "${files[@]}" | xargs -P "$JOBS" -n 1 clang-tidy -p build/lint --quiet \
        --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-unused-command-line-argument 2> >(grep -v ' warnings\? generated\.$' >&2)
}

lint_headers() { # MODE: each compiles alone
    local headers
    mapfile -t headers < <(to_check '\.h$' "$1" 40)
    [ ${#headers[@]} -eq 0 ] || printf '%s\n' "${headers[@]}" | python3 cmake/dev/compiled.py build/release --headers "$JOBS"
}

lint_qml() {
    [ -n "$(tracked '*.qml')" ] || return 0
    cmake --build --preset release --target all_qmllint
}
