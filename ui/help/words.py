# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word of the help before the warning, to be translated with those of the programs: po/.

{host} and {url} are filled in by the host. What is in <b> is what a browser's own page says, in the
language of that browser: compare it there.
"""


def words(_):
    """What the templates' {names} stand for, as the function @_ translates it."""
    return {
        "title": _("Before you join the chat"),
        "heading": _("Your browser warns once"),
        "expected": _("That is expected: this chat runs on a computer near you, and no company "
                      "vouches for it. It is encrypted even so."),
        "go": _("Continue to the chat"),
        "caution": _("Go on only because you know who invited you. Anywhere else, such a warning "
                     "is a reason to turn back."),
        # Translators: above a drawing of what the browser is going to show.
        "caption": _("The warning looks like this"),
        # Translators: above a drawing of what a browser that we do not know may show.
        "caption_other": _("The warning looks something like this"),

        # Translators: what browsers say beside the address, in your language.
        "unsafe": _("Not secure"),
        # Translators: a button of Chrome's and Edge's warning, in your language.
        "advanced": _("Advanced"),
        # Translators: <b> is around the words of Chrome's and Edge's warning, in your language.
        "choose_advanced": _("Choose <b>Advanced</b>."),
        # Translators: <b> is around the words of Chrome's warning on Android, in your language.
        "tap_advanced": _("Tap <b>Advanced</b>."),
        # Translators: the words of Chrome's warning, in your language.
        "chrome_title": _("Your connection is not private"),
        # Translators: a button of Chrome's warning, in your language.
        "chrome_back": _("Back to safety"),
        # Translators: the words of Chrome's warning, in your language; {host} is an address.
        "chrome_proceed": _("Proceed to {host} (unsafe)"),
        # Translators: <b> is around the words of Chrome's warning, {host} is an address.
        "choose_proceed": _("Choose <b>Proceed to {host} (unsafe)</b>."),
        # Translators: <b> is around the words of Chrome's warning, {host} is an address.
        "tap_proceed": _("Tap <b>Proceed to {host} (unsafe)</b>, which appears above."),

        # Translators: the words of Edge's warning, in your language.
        "edge_title": _("Your connection isn’t private"),
        # Translators: a button of Edge's warning, in your language.
        "edge_back": _("Go back"),
        # Translators: the words of Edge's warning, in your language; {host} is an address.
        "edge_continue": _("Continue to {host} (unsafe)"),
        # Translators: <b> is around the words of Edge's warning, {host} is an address.
        "choose_continue": _("Choose <b>Continue to {host} (unsafe)</b>."),

        # Translators: the words of Firefox's warning, in your language.
        "firefox_title": _("Warning: Potential Security Risk Ahead"),
        # Translators: a button of Firefox's warning, in your language.
        "firefox_back": _("Go Back (Recommended)"),
        # Translators: a button of Firefox's warning, in your language.
        "firefox_advanced": _("Advanced…"),
        # Translators: <b> is around a button of Firefox's warning, in your language.
        "choose_firefox_advanced": _("Choose <b>Advanced…</b>"),
        # Translators: a button of Firefox's warning, in your language.
        "firefox_accept": _("Accept the Risk and Continue"),
        # Translators: <b> is around the words of Firefox's warning, {host} is an address.
        "choose_accept": _("Choose <b>Accept the Risk and Continue</b>, further down. Newer "
                           "versions call it <b>Proceed to {host}</b>."),

        # Translators: what Safari says beside the address, in your language.
        "safari_unsafe": _("Not Secure"),
        # Translators: the words of Safari's warning, in your language.
        "safari_title": _("This Connection Is Not Private"),
        # Translators: a button of Safari's warning, in your language.
        "safari_details": _("Show Details"),
        # Translators: a button of Safari's warning, in your language.
        "safari_back": _("Go Back"),
        # Translators: a link at the end of Safari's warning, in your language.
        "safari_visit": _("visit this website"),
        # Translators: <b> is around the words of Safari's warning on a Mac, in your language.
        "choose_details": _("Choose <b>Show Details</b>."),
        # Translators: <b> is around the words of Safari's warning on an iPhone, in your language.
        "tap_details": _("Tap <b>Show Details</b>."),
        # Translators: <b> is around the words of Safari's warning on a Mac, in your language.
        "choose_visit": _("Choose <b>visit this website</b>, at the end of the text."),
        # Translators: <b> is around the words of Safari's warning on an iPhone, in your language.
        "tap_visit": _("Tap <b>visit this website</b>, at the end of the text."),
        # Translators: <b> is around the words of Safari's warning on a Mac, in your language.
        "choose_again": _("Choose <b>Visit Website</b> when it asks once more."),
        # Translators: <b> is around the words of Safari's warning on an iPhone, in your language.
        "tap_again": _("Tap <b>Visit Website</b> when it asks once more."),

        # Translators: what a browser's warning may say, in your language.
        "other_title": _("This connection is not private"),
        # Translators: what a browser's warning may say, in your language; {host} is an address.
        "other_continue": _("Continue to {host}"),
        # Translators: <b> is around what a browser's warning may say, in your language.
        "choose_more": _("Choose <b>Advanced</b>, <b>Details</b> or <b>More</b>."),
        # Translators: <b> is around what a browser's warning may say, in your language.
        "choose_on": _("Choose what goes on: <b>Proceed</b>, <b>Continue</b> or "
                       "<b>Accept the risk</b>."),
        # Translators: {url} is the address of the chat.
        "no_way": _("Is there no way on? Open <b>{url}</b> in Safari, Chrome or Firefox."),
    }
