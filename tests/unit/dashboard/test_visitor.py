"""What is kept of a browser and its address: enough to know a session again, no more."""

from __future__ import annotations

import pytest

from dashboard.signin.visitor import shown_browser
from registry.accounts.networks import counted_place, shown_network

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-A556) SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (WINDOWS, "Chrome, Windows"),
        (f"{WINDOWS} Edg/126.0.0.0", "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        (ANDROID, "Samsung Internet, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("curl/8", ""),
        ("<script>alert(1)</script> Linux", "Linux"),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_words_of_our_own(told: str, shown: str) -> None:
    assert shown_browser(told) == shown


@pytest.mark.parametrize(
    ("address", "counted", "shown"),
    [
        ("203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.77/32", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "", ""),
        ("not an address", "", ""),
    ],
)
def test_an_address_is_kept_as_its_network(address: str, counted: str, shown: str) -> None:
    assert counted_place(address) == counted
    assert shown_network(address) == shown
