// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "base/canonical_json.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

constexpr int maxDepth = 100;
constexpr qint64 maxInteger = (qint64(1) << 53) - 1;

struct Member {
    QByteArray key;  ///< decoded UTF-8: its bytes sort as code points do
    QByteArray json; ///< canonical
};

void writeString(QByteArrayView utf8, QByteArray &out)
{
    static constexpr char hex[] = "0123456789abcdef";
    static constexpr std::string_view special = "\"\\\b\t\n\f\r";
    static constexpr std::string_view names = "\"\\btnfr";
    out += '"';
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (const auto at = special.find(c); at != std::string_view::npos) {
            out += '\\';
            out += names[at];
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void appendUtf8(char32_t point, QByteArray &out)
{
    if (point < 0x80) {
        out += char(point);
    } else if (point < 0x800) {
        out += char(0xc0 | (point >> 6));
        out += char(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        out += char(0xe0 | (point >> 12));
        out += char(0x80 | ((point >> 6) & 0x3f));
        out += char(0x80 | (point & 0x3f));
    } else {
        out += char(0xf0 | (point >> 18));
        out += char(0x80 | ((point >> 12) & 0x3f));
        out += char(0x80 | ((point >> 6) & 0x3f));
        out += char(0x80 | (point & 0x3f));
    }
}

/// The canonical digits of a JSON number; empty unless it is an integer in range. "1e3" and "2.0" are
/// integers.
std::optional<QByteArray> integer(bool negative, QByteArray digits, qint64 exponent)
{
    while (digits.endsWith('0')) {
        digits.chop(1);
        ++exponent;
    }
    const auto first = std::find_if(digits.cbegin(), digits.cend(), [](char c) { return c != '0'; });
    digits.remove(0, first - digits.cbegin());
    if (digits.isEmpty())
        return QByteArray("0");
    if (exponent < 0 || digits.size() + exponent > 16)
        return std::nullopt;
    digits.append(qsizetype(exponent), '0');
    if (digits.toLongLong() > maxInteger)
        return std::nullopt;
    return negative ? '-' + digits : digits;
}

/// A recursive-descent reader that writes the canonical form as it goes. Every step answers false at the
/// first thing that is not allowed.
class Canonicaliser
{
public:
    explicit Canonicaliser(QByteArrayView text) : m_at(text.cbegin()), m_end(text.cend()) {}

    [[nodiscard]] bool document(QByteArray &out)
    {
        space();
        if (!value(out, 0))
            return false;
        space();
        return m_at == m_end;
    }

    /// The members of the outermost object, sorted.
    [[nodiscard]] bool outermost(std::vector<Member> &members)
    {
        space();
        if (!take('{') || !object(members, 0))
            return false;
        space();
        return m_at == m_end;
    }

private:
    void space()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\t' || *m_at == '\n' || *m_at == '\r'))
            ++m_at;
    }

    bool take(char c)
    {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    bool word(QByteArrayView text, QByteArray &out)
    {
        if (!QByteArrayView(m_at, m_end).startsWith(text))
            return false;
        m_at += text.size();
        out += text;
        return true;
    }

    bool value(QByteArray &out, int depth)
    {
        if (m_at == m_end || (depth >= maxDepth && (*m_at == '{' || *m_at == '[')))
            return false;
        switch (*m_at) {
        case '{': {
            ++m_at;
            std::vector<Member> members;
            if (!object(members, depth))
                return false;
            write(members, out);
            return true;
        }
        case '[':
            ++m_at;
            return array(out, depth);
        case '"': {
            ++m_at;
            QByteArray text;
            if (!string(text))
                return false;
            writeString(text, out);
            return true;
        }
        case 't':
            return word("true", out);
        case 'f':
            return word("false", out);
        case 'n':
            return word("null", out);
        default:
            return number(out);
        }
    }

public:
    static void write(const std::vector<Member> &members, QByteArray &out)
    {
        out += '{';
        bool first = true;
        for (const Member &member : members) {
            if (!std::exchange(first, false))
                out += ',';
            writeString(member.key, out);
            out += ':';
            out += member.json;
        }
        out += '}';
    }

private:
    bool object(std::vector<Member> &members, int depth)
    {
        space();
        if (!take('}')) {
            do {
                Member member;
                space();
                if (!take('"') || !string(member.key))
                    return false;
                space();
                if (!take(':'))
                    return false;
                space();
                if (!value(member.json, depth + 1))
                    return false;
                space();
                members.push_back(std::move(member));
            } while (take(','));
            if (!take('}'))
                return false;
        }
        std::sort(members.begin(), members.end(),
                  [](const Member &a, const Member &b) { return a.key < b.key; });
        return std::adjacent_find(members.cbegin(), members.cend(),
                                  [](const Member &a, const Member &b) { return a.key == b.key; })
            == members.cend();
    }

    bool array(QByteArray &out, int depth)
    {
        out += '[';
        space();
        if (!take(']')) {
            bool first = true;
            do {
                if (!std::exchange(first, false))
                    out += ',';
                space();
                if (!value(out, depth + 1))
                    return false;
                space();
            } while (take(','));
            if (!take(']'))
                return false;
        }
        out += ']';
        return true;
    }

    bool digits(QByteArray &out)
    {
        const auto begin = m_at;
        while (m_at != m_end && *m_at >= '0' && *m_at <= '9')
            ++m_at;
        out += QByteArrayView(begin, m_at);
        return m_at != begin;
    }

    bool number(QByteArray &out)
    {
        const bool negative = take('-');
        QByteArray all;
        if (!digits(all) || (all.size() > 1 && all.startsWith('0')) || all.size() > 400)
            return false;
        qint64 exponent = 0;
        if (take('.')) {
            const qsizetype whole = all.size();
            if (!digits(all) || all.size() > 400)
                return false;
            exponent -= all.size() - whole;
        }
        if (take('e') || take('E')) {
            const bool down = take('-');
            if (!down)
                take('+');
            QByteArray power;
            if (!digits(power) || power.size() > 6)
                return false;
            exponent += (down ? -1 : 1) * power.toLongLong();
        }
        const auto canonical = integer(negative, std::move(all), exponent);
        if (canonical)
            out += *canonical;
        return canonical.has_value();
    }

    /// Digit by digit: Qt's conversions also take white space, signs and "0x".
    bool hex4(char32_t &unit)
    {
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (m_at == m_end || !std::isxdigit(static_cast<unsigned char>(*m_at)))
                return false;
            unit = unit * 16 + char32_t(*m_at <= '9' ? *m_at - '0' : (*m_at | 0x20) - 'a' + 10);
        }
        return true;
    }

    bool escape(QByteArray &out)
    {
        static constexpr char names[] = "\"\\/bfnrt";
        static constexpr char meanings[] = "\"\\/\b\f\n\r\t";
        if (m_at == m_end)
            return false;
        const char c = *m_at++;
        if (c != 'u') {
            const auto *name = std::find(names, names + 8, c);
            if (name == names + 8)
                return false;
            out += meanings[name - names];
            return true;
        }
        char32_t point = 0;
        if (!hex4(point) || (point >= 0xdc00 && point < 0xe000))
            return false;
        if (point >= 0xd800 && point < 0xdc00) {
            char32_t low = 0;
            if (!take('\\') || !take('u') || !hex4(low) || low < 0xdc00 || low >= 0xe000)
                return false;
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        }
        appendUtf8(point, out);
        return true;
    }

    /// After the opening quote.
    bool string(QByteArray &out)
    {
        while (m_at != m_end) {
            const auto begin = m_at;
            while (m_at != m_end && *m_at != '"' && *m_at != '\\'
                   && static_cast<unsigned char>(*m_at) >= 0x20)
                ++m_at;
            const QByteArrayView plain(begin, m_at);
            if (!plain.isValidUtf8())
                return false;
            out += plain;
            if (take('"'))
                return true;
            if (!take('\\') || !escape(out))
                return false;
        }
        return false;
    }

    QByteArrayView::const_iterator m_at;
    QByteArrayView::const_iterator m_end;
};

/// QJson would write null for infinity, and sign something else than was meant.
bool isFinite(const QJsonValue &value)
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        return std::all_of(object.begin(), object.end(), [](const QJsonValue &v) { return isFinite(v); });
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::all_of(array.begin(), array.end(), [](const QJsonValue &v) { return isFinite(v); });
    }
    return !value.isDouble() || std::isfinite(value.toDouble());
}

tl::unexpected<Error> bad()
{
    return fail(ErrorKind::Protocol, u"PARVIS_BAD_JSON"_s, u"no canonical form"_s);
}

} // namespace

Result<QByteArray> canonicalJson(QByteArrayView json)
{
    QByteArray out;
    out.reserve(json.size());
    if (!Canonicaliser(json).document(out))
        return bad();
    return out;
}

Result<QByteArray> canonicalJsonWithout(QByteArrayView json, std::initializer_list<std::string_view> members)
{
    std::vector<Member> all;
    if (!Canonicaliser(json).outermost(all))
        return bad();
    std::erase_if(all, [&](const Member &member) {
        return std::find(members.begin(), members.end(),
                         std::string_view(member.key.constData(), size_t(member.key.size())))
            != members.end();
    });
    QByteArray out;
    Canonicaliser::write(all, out);
    return out;
}

Result<QByteArray> canonicalJson(const QJsonObject &object)
{
    if (!isFinite(object))
        return bad();
    return canonicalJson(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace parvis
