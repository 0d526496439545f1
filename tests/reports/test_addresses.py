"""No form of address leads inside: a table of them, redirects, and names that change their mind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from trucewatch.errors import FetchError
from trucewatch.reports import ReadOptions, addresses
from trucewatch.reports.fetch import fetch

ROOT = Path(__file__).parents[2]
_TOOLS = ("unshare", "ip", "mount")

NEVER = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.0.1 169.254.169.254
    172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::7f00:1 ::10.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::ffff:0:127.0.0.1
    64:ff9b::7f00:1 64:ff9b::10.0.0.1
    64:ff9b:1::808:808 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 2002:c0a8:101::
    2002:808:808::
    3fff::1
    5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fe80::1%1 fec0::1 ff02::1 ff0e::1 2606:4700::5efe:127.0.0.1
    2606:4700::200:5efe:10.0.0.1
    4000::1 localhost 127.1 1.1.1.1.1 1.1.1 0x7f000001 empty
""".split()  # fmt: skip

FORMS = {
    "name": "http://localhost/",
    "name with a dot": "http://localhost./",
    "capitals": "http://LOCALHOST/",
    "dotted": "http://127.0.0.1/",
    "dotted with a dot": "http://127.0.0.1./",
    "decimal": "http://2130706433/",
    "hexadecimal": "http://0x7f000001/",
    "hexadecimal parts": "http://0x7f.0x0.0x0.0x1/",
    "octal": "http://017700000001/",
    "octal parts": "http://0177.0.0.01/",
    "mixed": "http://0x7f.0.0.01/",
    "short": "http://127.1/",
    "three parts": "http://127.0.1/",
    "zero": "http://0/",
    "unspecified": "http://0.0.0.0/",
    "port": "http://127.0.0.1:22/",
    "full-width digits": "http://\uff11\uff12\uff17.0.0.1/",
    "circled digits": "http://①②⑦.⓪.⓪.①/",
    "ideographic stops": "http://127\u30020\u30020\u30021/",
    "IPv6 loopback": "http://[::1]/",
    "IPv6 written out": "http://[0:0:0:0:0:0:0:1]/",
    "IPv6 unspecified": "http://[::]/",
    "mapped": "http://[::ffff:127.0.0.1]/",
    "mapped in hexadecimal": "http://[::ffff:7f00:1]/",
    "compatible": "http://[::127.0.0.1]/",
    "zone": "http://[fe80::1%25lo]/",
    "6to4": "http://[2002:7f00:1::]/",
    "NAT64": "http://[64:ff9b::7f00:1]/",
    "unique local": "http://[fd00::1]/",
    "site-local": "http://[fec0::1]/",
    "multicast": "http://[ff02::1]/",
    "link-local": "http://169.254.169.254/latest/meta-data/",
    "link-local decimal": "http://2852039166/",
    "shared": "http://100.64.0.1/",
    "private": "http://192.168.1.1/",
    "private short": "http://10.1/",
    "broadcast": "http://255.255.255.255/",
    "tab in the host": "http://127.0.\t0.1/",
    "fragment before the name": "http://127.0.0.1#@good.example/",
    "query before the name": "http://127.0.0.1?@good.example/",
}
USERINFO = {
    "user": "http://good.example@127.0.0.1/",
    "password": "http://user:secret@127.0.0.1/",
    "user with a port": "http://good.example:80@127.0.0.1/",
    "empty user": "http://@127.0.0.1/",
    "backslash": "http://good.example\\@127.0.0.1/",
    "two of them": "http://good.example@evil.example@127.0.0.1/",
}


@pytest.mark.parametrize("address", NEVER)
def test_what_is_never_public(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.216.34",
        "2606:4700:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "100.63.255.255",
    ],
)
def test_what_is_public(address: str) -> None:
    assert addresses.is_public(address)


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_an_address_leads_inside(form: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(FORMS[form], ReadOptions(fetch_seconds=10))
    # Where the resolver does not take a form for an address at all, there is none to connect to.
    assert str(caught.value).startswith(("refused: ", "no address found for "))


def test_the_common_forms_are_refused_by_the_address_that_they_hide() -> None:
    for form in (
        "name",
        "dotted",
        "decimal",
        "hexadecimal",
        "octal",
        "octal parts",
        "short",
        "full-width digits",
        "IPv6 loopback",
    ):
        with pytest.raises(FetchError, match=r"^refused: .* is at (127\.0\.0\.1|::1), which is no public address$"):
            fetch(FORMS[form], ReadOptions(fetch_seconds=10))


@pytest.mark.parametrize("form", USERINFO)
def test_addresses_with_a_user_are_refused(form: str) -> None:
    with pytest.raises(FetchError, match="refused: an address with a user name or password in it"):
        fetch(USERINFO[form], ReadOptions(fetch_seconds=10))


def _hidden_network(folder: Path) -> dict[str, list[list[str]]]:
    """What the fetcher does in a network of its own; skips where this machine lends none."""
    if missing := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        pytest.skip(f"no {', '.join(missing)} on this machine")
    spaces = ["unshare", "--user", "--map-root-user", "--net", "--mount"]
    if subprocess.run(
        [*spaces, "mount", "--bind", str(folder), str(folder)], capture_output=True, check=False
    ).returncode:
        pytest.skip("this machine lets no user make a network of their own")
    command = [*spaces, sys.executable, "-m", "tests.reports.hidden_network", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, list[list[str]]] = json.loads(done.stdout)
    return found


def test_names_and_redirects_that_change_their_mind_lead_nowhere(tmp_path: Path) -> None:
    found = _hidden_network(tmp_path)
    outcomes = iter(found["outcomes"])
    assert next(outcomes) == ["http://good.test/page", "public"]
    # The name was asked for once: the connection goes to the address that was checked, not to the next answer.
    assert next(outcomes) == ["http://rebind.test/page", "public"]
    for url, outcome in outcomes:
        if url == "http://good.test/to?http://flip.test/page" and outcome == "public":
            continue  # the first time it is public; the second time refused, see below
        assert outcome.startswith(("refused: ", "no address found")), url
    refused = dict(found["outcomes"])
    assert refused["http://rebind.test/page"] == "refused: rebind.test is at 127.0.0.1, which is no public address"
    assert refused["http://both.test/page"] == "refused: both.test is at 10.0.0.7, which is no public address"
    assert refused["http://good.test/to?http://flip.test/page"].startswith("refused: flip.test is at 169.254.169.254")
    assert refused["http://gone.test/page"] == "no address found for gone.test"
    assert found["asked"] == []
