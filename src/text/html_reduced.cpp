// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/html.h"
#include "text/html_pieces_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parvis::html {

namespace {

/// Goes over HTML that is too large to be parsed, once, and keeps what stands outside of the tags.
class Reduction
{
public:
    explicit Reduction(QStringView html) : m_html(html) {}

    QString run()
    {
        while (m_at < m_html.size() && m_text.size() < HtmlLimits::mostReduced) {
            const QChar c = m_html.at(m_at);
            if (c == u'<' && m_at + 1 < m_html.size() && startsTag(m_html.at(m_at + 1)))
                skipTag();
            else if (c == u'&')
                readEntity();
            else
                m_text += m_html.at(m_at++);
        }
        return m_text;
    }

private:
    static bool startsTag(QChar c) { return c == u'/' || c == u'!' || c == u'?' || isLetter(c); }
    static bool isLetter(QChar c) { return (c.unicode() | 0x20) >= u'a' && (c.unicode() | 0x20) <= u'z'; }

    /// To behind the next @p end, or to the end of everything.
    void skipBehind(QLatin1StringView end)
    {
        const auto found = m_html.indexOf(end, m_at, Qt::CaseInsensitive);
        m_at = found < 0 ? m_html.size() : found + end.size();
    }

    void skipTag()
    {
        if (m_html.sliced(m_at).startsWith("<!--"_L1)) {
            skipBehind("-->"_L1);
            return;
        }
        const bool ends = m_html.at(m_at + 1) == u'/';
        const auto from = m_at + (ends ? 2 : 1);
        auto to = from;
        while (to < m_html.size() && to - from < 32 && !m_html.at(to).isSpace() && m_html.at(to) != u'>'
               && m_html.at(to) != u'/')
            ++to;
        const QByteArray name = m_html.sliced(from, to - from).toLatin1().toLower();
        const Fate fate = fateOf(name);
        skipBehind(">"_L1);
        if (fate.kind == Fate::Kind::Drop && !ends && name != "input" && name != "embed" && name != "frame") {
            const QByteArray end = "</" + name;
            skipBehind(QLatin1StringView(end));
            skipBehind(">"_L1);
        }
        if (fate.kind == Fate::Kind::Keep && (!isInline(fate.tag) || fate.tag == Tag::Br)
            && !m_text.endsWith(u'\n'))
            m_text += u'\n';
    }

    void readEntity()
    {
        struct Entity {
            QLatin1StringView name;
            char16_t letter;
        };
        constexpr std::array known{Entity{"&lt;"_L1, u'<'},   Entity{"&gt;"_L1, u'>'},
                                   Entity{"&amp;"_L1, u'&'},  Entity{"&quot;"_L1, u'"'},
                                   Entity{"&#39;"_L1, u'\''}, Entity{"&nbsp;"_L1, u'\u00a0'}};
        const auto rest = m_html.sliced(m_at);
        const auto *found = std::find_if(known.begin(), known.end(), [rest](const Entity &entity) {
            return rest.startsWith(entity.name);
        });
        m_text += found == known.end() ? u'&' : QChar(found->letter);
        m_at += found == known.end() ? 1 : found->name.size();
    }

    QStringView m_html;
    qsizetype m_at = 0;
    QString m_text;
};

} // namespace

QString reducedText(QStringView html)
{
    return Reduction(html).run();
}

} // namespace parvis::html
