// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtQuick.Window
import QtTest
import Parvis.Controls
import Parvis.Theme

/// The controls by key, and what they say to a screen reader.
TestCase {
    id: root

    name: "Controls"
    when: windowShown
    visible: true
    width: 480
    height: 640

    Column {
        width: 400

        PrimaryButton {
            id: button
            text: "Continuer"
        }

        IconButton {
            id: icon
            iconName: "search"
            text: "Rechercher"
        }

        Toggle {
            id: toggle
            width: 300
            text: "Salon public"
            hint: "Tout le monde peut le lire."
        }

        Column {
            ChoiceRow {
                id: light
                text: "Clair"
                checked: true
            }

            ChoiceRow {
                id: dark
                text: "Sombre"
            }
        }

        FilterPill {
            id: pill
            text: "Tout"
            checked: true
        }

        TextEntry {
            id: entry
            width: 300
            label: "Adresse"
            hint: "Celle du service"
        }

        PasswordEntry {
            id: password
            width: 300
            label: "Mot de passe"
        }

        SearchEntry {
            id: search
            width: 300
            label: "Rechercher"
        }

        Badge {
            id: badge
            count: 120
        }

        Tag {
            id: tag
            text: "Chiffré"
        }
    }

    SignalSpy { id: clicked; target: button; signalName: "clicked" }
    SignalSpy { id: accepted; target: entry; signalName: "accepted" }
    SignalSpy { id: turned; target: toggle; signalName: "toggled" }
    SignalSpy { id: pressed; target: toggle; signalName: "clicked" }

    function init() {
        clicked.clear()
        accepted.clear()
    }

    function test_buttonsAnswerToSpaceEnterAndReturn() {
        button.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Space)
        keyClick(Qt.Key_Return)
        keyClick(Qt.Key_Enter)
        compare(clicked.count, 3)
        verify(button.visualFocus)
    }

    function test_rolesAndNames() {
        compare(button.Accessible.role, Accessible.Button)
        compare(button.Accessible.name, "Continuer")
        compare(icon.Accessible.role, Accessible.Button)
        compare(icon.Accessible.name, "Rechercher")
        compare(toggle.Accessible.role, Accessible.CheckBox)
        compare(toggle.Accessible.description, "Tout le monde peut le lire.")
        compare(light.Accessible.role, Accessible.RadioButton)
        compare(pill.Accessible.role, Accessible.RadioButton)
        compare(tag.Accessible.name, "Chiffré")
        compare(search.Accessible.role, Accessible.EditableText)
        compare(search.Accessible.name, "Rechercher")
    }

    function test_aToggleTurns() {
        toggle.forceActiveFocus(Qt.TabFocusReason)
        verify(!toggle.Accessible.checked)
        keyClick(Qt.Key_Space)
        verify(toggle.checked)
        verify(toggle.Accessible.checked)
        keyClick(Qt.Key_Return)
        verify(!toggle.checked)
    }

    function test_returnTurnsAToggleAsSpaceDoes() {
        turned.clear()
        pressed.clear()
        toggle.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Space)
        compare([turned.count, pressed.count], [1, 1])
        keyClick(Qt.Key_Return)
        compare([turned.count, pressed.count], [2, 2])
    }

    function test_whatIsDisabledDoesNothing() {
        const wasOn = toggle.checked
        for (const control of [button, icon, toggle, dark])
            control.enabled = false
        for (const control of [button, icon, toggle, dark])
            control.Accessible.pressAction()
        compare(clicked.count, 0)
        compare(toggle.checked, wasOn)
        verify(light.checked)
        compare(button.Accessible.description, qsTranslate("Controls", "Not available at the moment"))
        for (const control of [button, icon, toggle, dark])
            control.enabled = true
        compare(button.Accessible.description, "")
        button.Accessible.pressAction()
        compare(clicked.count, 1)
    }

    function test_theAnswerThatHoldsStays() {
        light.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
        verify(light.checked)
        light.Accessible.pressAction()
        verify(light.checked)
        pill.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
        verify(pill.checked)
    }

    function test_arrowsGoFromAnswerToAnswer() {
        light.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Down)
        verify(dark.checked && dark.activeFocus)
        verify(dark.activeFocusOnTab && !light.activeFocusOnTab)
        keyClick(Qt.Key_Down)
        verify(light.checked && light.activeFocus)
        keyClick(Qt.Key_Up)
        keyClick(Qt.Key_Left)
        verify(light.checked && light.activeFocus)
    }

    function test_oneChoiceHolds() {
        dark.forceActiveFocus(Qt.TabFocusReason)
        keyClick(Qt.Key_Return)
        verify(dark.checked)
        verify(!light.checked)
        mouseClick(light)
        verify(light.checked)
        verify(!dark.checked)
    }

    function test_anEntrySaysWhatIsWrong() {
        entry.forceActiveFocus()
        keyClick("a")
        compare(entry.text, "a")
        compare(entry.frame.Accessible.name, "Adresse")
        compare(entry.frame.Accessible.description, "Celle du service")
        entry.errorText = "Non."
        compare(entry.frame.Accessible.description, "Non.")
        keyClick(Qt.Key_Return)
        compare(accepted.count, 1)
        entry.errorText = ""
        entry.clear()
    }

    function test_aPasswordIsHiddenUntilItIsShown() {
        password.forceActiveFocus()
        keyClick("s")
        compare(password.text, "s")
        const field = root.Window.activeFocusItem as TextInput
        compare(field.echoMode, TextInput.Password)
        keyClick(Qt.Key_Tab)
        keyClick(Qt.Key_Space)
        compare(field.echoMode, TextInput.Normal)
        keyClick(Qt.Key_Space)
        compare(field.echoMode, TextInput.Password)
        keyClick(Qt.Key_Space)
        password.clear()
        compare(password.text, "")
        compare(field.echoMode, TextInput.Password)
    }

    function test_escapeEmptiesASearch() {
        search.forceActiveFocus()
        keyClick("b")
        keyClick(Qt.Key_Escape)
        compare(search.text, "")
    }

    function test_textIsNeverMarkup() {
        const text = createTemporaryQmlObject("import Parvis.Controls; StyledText { text: '<b>gras</b>' }", root)
        compare(text.textFormat, Text.PlainText)
    }

    function test_targetsAreLargeEnough() {
        for (const control of [button, icon, toggle, light, entry.frame, search])
            verify(control.height >= 24 && control.width >= 24, control)
    }
}
