// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "client/search_port.h"
#include "models/date_texts.h"
#include "models/diff_list_model.h"
#include "models/shown_error.h"

#include <QQmlEngine>
#include <QTimer>

namespace parvis {

/// What was said, looked for by its words: in the open conversation or in all of them. Follows what is typed
/// with a short delay; what a later wish has overtaken is dropped. UI thread.
class SearchModel : public DiffListModel<SearchHit>
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("AppModel owns it")

    Q_PROPERTY(QString text READ text WRITE setText NOTIFY wishChanged)
    Q_PROPERTY(bool everywhere READ everywhere WRITE setEverywhere NOTIFY wishChanged)
    Q_PROPERTY(Kind kind READ kind WRITE setKind NOTIFY wishChanged)
    Q_PROPERTY(bool best READ best WRITE setBest NOTIFY wishChanged)
    Q_PROPERTY(bool shown READ shown WRITE setShown NOTIFY stateChanged)
    Q_PROPERTY(bool wanting READ wanting NOTIFY stateChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY stateChanged)
    Q_PROPERTY(bool more READ more NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(QString foundText READ foundText NOTIFY stateChanged)
    Q_PROPERTY(QString reachText READ reachText NOTIFY stateChanged)

public:
    enum Kind { Anything, File, Image, Video, Audio, Link };
    Q_ENUM(Kind)
    enum Role {
        RoomIdRole = Qt::UserRole,
        EventIdRole,
        RoomNameRole,
        SenderNameRole,
        TimeTextRole,
        SnippetRole, ///< markup of ours alone: the words that were looked for are bold, all else is escaped
        InitialsRole,
        ColourRole,
        SpokenRole,
    };

    explicit SearchModel(SearchPort &port, QObject *parent = nullptr);

    void setRoom(const RoomId &room);
    void setTexts(const DateTexts &texts);
    void retranslate();
    /// Somebody else signs in: nothing of what was looked for stays.
    void forget();

    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// The next page, unless one is on its way or there is none.
    Q_INVOKABLE void loadMore();
    /// Once more, after it did not work.
    Q_INVOKABLE void retry();

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    /// In all conversations rather than in the open one.
    [[nodiscard]] bool everywhere() const { return m_everywhere || m_room.isEmpty(); }
    void setEverywhere(bool everywhere);
    [[nodiscard]] Kind kind() const { return m_kind; }
    void setKind(Kind kind);
    /// The best matches first rather than the newest.
    [[nodiscard]] bool best() const { return m_best; }
    void setBest(bool best);
    [[nodiscard]] bool shown() const { return m_shown; }
    /// Somebody looks: only then is anything asked for.
    void setShown(bool shown);

    /// Something is looked for.
    [[nodiscard]] bool wanting() const;
    /// The first page is on its way.
    [[nodiscard]] bool busy() const { return m_busy; }
    [[nodiscard]] bool more() const { return !m_next.isEmpty(); }
    [[nodiscard]] QString errorText() const { return m_error.text(); }
    /// How many were found, for a screen reader; empty while nothing is known.
    [[nodiscard]] QString foundText() const;
    /// What the search knows, and what it does not; empty until that is known.
    [[nodiscard]] QString reachText() const;

Q_SIGNALS:
    void wishChanged();
    void stateChanged();

private:
    [[nodiscard]] SearchRequest request() const;
    void wish(); ///< another one: looked for in a moment
    void look();
    void ask(const QString &after, bool first);
    void takePage(const Result<SearchResult> &page, bool first);
    void askReach();
    [[nodiscard]] QString historySentence() const;

    SearchPort &m_port;
    DateTexts m_texts;
    RoomId m_room;
    QString m_text, m_next;
    Kind m_kind = Anything;
    bool m_everywhere = false, m_best = false, m_shown = false, m_busy = false, m_loadingMore = false;
    bool m_known = false; ///< what was asked for was answered
    int m_turn = 0;       ///< which answer is waited for
    int m_emptyPages = 0; ///< in a row
    int m_reachTurn = 0;
    ShownError m_error;
    std::optional<IndexStatus> m_reach;
    QTimer m_delay;
    QTimer m_reachTimer;
};

} // namespace parvis
