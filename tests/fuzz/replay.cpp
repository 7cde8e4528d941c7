// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// libFuzzer's stand-in for compilers without it: every seed as it is, its beginnings, then random mutations,
// the same ones on every run.
//
//     fuzz_x SECONDS FOLDER... [shared:FOLDER...]
//
// Shared folders lie below PARVIS_SHARED: seeds of other projects, which are not ours to copy. The input that
// breaks something is left in fuzz_x.broken in the working folder.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

constexpr std::size_t longest = 65536;

const std::string *current = nullptr;
std::string brokenFile;

void keepCurrent()
{
    if (!current)
        return;
    std::ofstream(brokenFile, std::ios::binary) << *current;
    std::fprintf(stderr, "the input is in %s\n", brokenFile.c_str());
}

/// Allocates, which a handler should not; the process is lost anyway, and the input is what counts.
void onSignal(int number)
{
    std::signal(number, SIG_DFL);
    keepCurrent();
    std::raise(number);
}

void run(const std::string &input)
{
    current = &input;
    // A copy of exactly this size: the sanitizer sees a read beyond its end.
    const std::vector<std::uint8_t> exact(input.begin(), input.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    current = nullptr;
}

class Mutator
{
public:
    explicit Mutator(const std::vector<std::string> &seeds) : m_seeds(seeds) {}

    std::string next()
    {
        std::string text = m_seeds[below(m_seeds.size())];
        for (std::size_t i = 1 + below(6); i > 0; --i)
            change(text);
        text.resize(std::min(text.size(), longest));
        return text;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }

    void change(std::string &text)
    {
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = below(std::min<std::size_t>(32, text.size() - at) + 1);
        switch (below(6)) {
        case 0:
            if (at < text.size())
                text[at] = char(m_random());
            break;
        case 1:
            text.erase(at, length);
            break;
        case 2: // the same again, up to a depth that no honest sender reaches
            for (std::size_t i = below(200); i > 0 && text.size() < longest; --i)
                text.insert(at, text.substr(at, length));
            break;
        case 3: {
            const std::string &other = m_seeds[below(m_seeds.size())];
            text.insert(at, other, below(other.size() + 1), below(64));
            break;
        }
        case 4:
            text.insert(at, 1, "\"\\{}[]:,0-9eE.\0\n\xff\xed\xa0\x80"[below(21)]);
            break;
        case 5:
            text.resize(at);
            break;
        }
    }

    const std::vector<std::string> &m_seeds;
    std::mt19937 m_random{20240229}; // NOLINT(cert-msc51-cpp): the same on every run is the point
};

/// Empty where PARVIS_SHARED is not set, said aloud.
std::string resolved(const std::string &folder)
{
    const std::string prefix = "shared:";
    if (folder.rfind(prefix, 0) != 0)
        return folder;
    if (const char *shared = std::getenv("PARVIS_SHARED"))
        return std::string(shared) + '/' + folder.substr(prefix.size());
    std::printf("PARVIS_SHARED is not set: %s is passed by\n", folder.c_str());
    return {};
}

void readSeeds(const std::string &folder, std::vector<std::string> &seeds)
{
    std::error_code none;
    std::vector<std::filesystem::path> paths;
    for (const auto &entry : std::filesystem::directory_iterator(folder, none))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end()); // the order of a folder is another on every machine
    for (const auto &path : paths) {
        std::ifstream file(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
}

} // namespace

int main(int argc, char **argv)
{
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 0; // NOLINT(cert-err34-c): 0 is refused below
    std::vector<std::string> seeds;
    for (int i = 2; i < argc; ++i)
        readSeeds(resolved(argv[i]), seeds);
    if (seeds.empty() || seconds <= 0) {
        std::fputs("SECONDS FOLDER...; no seeds there\n", stderr);
        return 1;
    }
    brokenFile = std::filesystem::path(argv[0]).filename().string() + ".broken";
    for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS})
        std::signal(number, onSignal);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keepCurrent);

    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    const auto late = [&] { return std::chrono::steady_clock::now() >= end; };
    std::size_t count = 0;
    for (const std::string &seed : seeds) {
        run(seed);
        ++count;
    }
    // Half of the time at most, where each run is slow.
    const auto half = end - std::chrono::milliseconds(seconds * 500);
    for (const std::string &seed : seeds)
        for (std::size_t length = 0;
             length < std::min<std::size_t>(seed.size(), 2000) && std::chrono::steady_clock::now() < half;
             ++length, ++count)
            run(seed.substr(0, length));
    Mutator mutator(seeds);
    for (; !late(); ++count)
        run(mutator.next());
    std::printf("%zu inputs from %zu seeds\n", count, seeds.size());
    return 0;
}
