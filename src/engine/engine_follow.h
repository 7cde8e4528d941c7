// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/core.h"
#include "engine/list_bridge.h"

#include <functional>
#include <memory>
#include <optional>

namespace parvis {

/// A list of the open account, and what keeps it alive.
template <typename T>
struct ListSource {
    ObservableList<T> *list = nullptr;
    std::shared_ptr<void> keep = {};
};

/// A list that follows the account that is open, whichever it is: empty while there is none, and what it was
/// while a new engine of the same account begins. Core thread.
template <typename T>
class EngineList : public QObject
{
public:
    using Make = std::function<ListSource<T>(Engine &)>;

    EngineList(Core &core, Make make, QObject *parent)
        : QObject(parent), m_core(core), m_make(std::move(make))
    {
        connect(&core, &Core::engineChanged, this, [this] { attach(); });
        attach();
    }

    [[nodiscard]] ObservableList<T> &items() { return m_items; }

private:
    void attach()
    {
        m_context.reset();
        m_source = {};
        if (!m_core.engine() && m_core.isRenewing())
            return;
        if (!m_items.items().isEmpty())
            m_items.reset({});
        if (!m_core.engine())
            return;
        m_context = std::make_unique<QObject>();
        m_source = m_make(*m_core.engine());
        if (m_source.list)
            m_source.list->subscribe(m_context.get(),
                                     [this](const ListDiffs<T> &diffs) { replay(diffs, m_items); });
    }

    Core &m_core;
    Make m_make;
    ObservableList<T> m_items;
    ListSource<T> m_source;
    std::unique_ptr<QObject> m_context;
};

/// The same for a value; @p none while no account is open. @p meanwhile: what it is while a new engine of the
/// same account cannot begin, where that is another value than before.
template <typename T>
class EngineValue : public QObject
{
public:
    using Find = std::function<ObservableValue<T> &(Engine &)>;
    using Meanwhile = std::function<std::optional<T>(const Core &)>;

    EngineValue(Core &core, Find find, T none, QObject *parent, Meanwhile meanwhile = {})
        : QObject(parent),
          m_core(core),
          m_find(std::move(find)),
          m_none(std::move(none)),
          m_meanwhile(std::move(meanwhile)),
          m_value(m_none)
    {
        connect(&core, &Core::engineChanged, this, [this] { attach(); });
        attach();
    }

    [[nodiscard]] ObservableValue<T> &value() { return m_value; }

private:
    void attach()
    {
        m_context.reset();
        if (!m_core.engine()) {
            if (!m_core.isRenewing())
                m_value.set(m_none);
            else if (const auto now = m_meanwhile ? m_meanwhile(m_core) : std::nullopt)
                m_value.set(*now);
            return;
        }
        m_context = std::make_unique<QObject>();
        m_find(*m_core.engine()).subscribe(m_context.get(), [this](const T &now) { m_value.set(now); });
    }

    Core &m_core;
    Find m_find;
    T m_none;
    Meanwhile m_meanwhile;
    ObservableValue<T> m_value;
    std::unique_ptr<QObject> m_context;
};

} // namespace parvis
