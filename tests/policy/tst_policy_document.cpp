// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "policy/policy_reader.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace parvis::policy;
using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

QString typeInWords(const KeyInfo &info)
{
    const QString choices = u'`' + text(info.choices).replace(u' ', u"`, `"_s) + u'`';
    switch (info.type) {
    case Type::Text:
        return u"text"_s;
    case Type::Choice:
        return u"one of "_s + choices;
    case Type::Choices:
        return u"list of "_s + choices;
    case Type::Servers:
        return u"list of server names"_s;
    case Type::Integer:
        return u"whole number from %1 to %2"_s.arg(info.least).arg(info.most);
    case Type::Proxy:
        return u"`system`, `none` or an address"_s;
    case Type::Path:
        return u"absolute path, or empty"_s;
    }
    Q_UNREACHABLE();
    return {};
}

/// The table of docs/policy.md, made from the list of keys.
QString table()
{
    QString rows = u"| Key | Value | Default | Safest | Security | The person may set it | What it does |\n"
                   u"|---|---|---|---|---|---|---|\n"_s;
    for (const KeyInfo &info : keys()) {
        rows += u"| `%1` | %2 | `%3` | `%4` | %5 | %6 | %7 |\n"_s.arg(
            text(info.name), typeInWords(info), text(info.fallback), text(info.safest),
            info.sensitive ? u"yes"_s : u"no"_s, info.lockable ? u"yes"_s : u"no"_s, text(info.description));
    }
    return rows;
}

/// What stands between the line that begins with @p from and the one that is @p to.
QString between(const QString &document, const QString &from, const QString &to)
{
    const qsizetype start = document.indexOf(from);
    const qsizetype end = start < 0 ? -1 : document.indexOf(to, start + from.size());
    return end < 0 ? QString() : document.sliced(start, end - start);
}

} // namespace

/// docs/policy.md says what the code does.
class PolicyDocumentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(PARVIS_POLICY_DOCUMENT));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_document = QString::fromUtf8(file.readAll());
    }

    void theTableIsTheListOfKeys()
    {
        const QString written = between(m_document, u"| Key |"_s, u"\n\n"_s) + u'\n';

        if (written != table())
            qInfo().noquote() << u"The table has to be:\n"_s + table();
        QVERIFY(written == table());
    }

    void theExampleHasNoMistake()
    {
        const QString example = between(m_document, u"```json"_s, u"```\n"_s).sliced(7);

        const Reading reading = readPolicy(example.toUtf8());

        QVERIFY(reading.mistakes.isEmpty());
        QVERIFY(reading.policy != Policy());
    }

private:
    QString m_document;
};

QTEST_GUILESS_MAIN(PolicyDocumentTest)
#include "tst_policy_document.moc"
