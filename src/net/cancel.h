// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace parvis {

/// The listening end of a CancelSource; an empty one is never cancelled. One thread.
class CancelToken
{
public:
    CancelToken() = default;

    [[nodiscard]] bool isCancelled() const { return m_state && m_state->cancelled; }

    /// Calls @p fn once when the source is cancelled, unless @p context died before. Not called when it is
    /// cancelled already: ask first.
    void onCancel(const QObject *context, std::function<void()> fn) const
    {
        if (!m_state || m_state->cancelled)
            return;
        std::erase_if(m_state->listeners, [](const auto &l) { return l.context.isNull(); });
        m_state->listeners.push_back({context, std::move(fn)});
    }

private:
    friend class CancelSource;
    struct Listener {
        QPointer<const QObject> context;
        std::function<void()> call;
    };
    struct State {
        bool cancelled = false;
        std::vector<Listener> listeners;
    };
    std::shared_ptr<State> m_state;
};

/// Ends what was begun with its token: at cancel(), or when it is dropped.
class CancelSource
{
public:
    CancelSource() : m_state(std::make_shared<CancelToken::State>()) {}
    CancelSource(CancelSource &&) noexcept = default;
    CancelSource &operator=(CancelSource &&other) noexcept
    {
        if (this != &other) {
            cancel();
            m_state = std::move(other.m_state);
        }
        return *this;
    }
    CancelSource(const CancelSource &) = delete;
    CancelSource &operator=(const CancelSource &) = delete;
    ~CancelSource() { cancel(); }

    [[nodiscard]] CancelToken token() const
    {
        CancelToken token;
        token.m_state = m_state;
        return token;
    }
    void cancel()
    {
        if (!m_state || std::exchange(m_state->cancelled, true))
            return;
        const auto keep = m_state; // a listener may drop this source
        const auto listeners = std::exchange(keep->listeners, {});
        for (const auto &l : listeners) {
            if (l.context)
                l.call();
        }
    }

private:
    std::shared_ptr<CancelToken::State> m_state;
};

} // namespace parvis
