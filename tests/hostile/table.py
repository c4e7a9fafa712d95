# SPDX-FileCopyrightText: 2026 The Hubbub developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every attack: the host it meets, what it may make that host's memory grow by, and what has to hold
besides what holds for all (test-hostile.py).

A bound on memory is the sum of what the caps of src/base/hub-limits.h leave to that attack, with
three figures that are no caps: what a connection costs by itself, silent or not, and what the
allocator keeps in hand.
"""

import dataclasses
import os
import resource
import typing

from limits import LIMITS

KIB = 1024
# A TLS session, libsoup's objects and ours, and the buffers GnuTLS has while it shakes hands.
CONNECTION = 32 * KIB
# One that has not said anything: our record of it.
SILENT = KIB
# What glibc keeps of what was freed, and what the honest guests' own talk takes in the backlog.
IN_HAND = 1024 * KIB
# A guest who is away: seat, name, secrets, and a place in five tables.
SEAT = 2 * KIB

REQUEST = LIMITS.REQUEST_HEADER_MAX_BYTES + LIMITS.READ_TURN_BYTES
# An unfinished message is kept by libsoup in arrays that double.
MESSAGE = 2 * LIMITS.FRAME_MAX_BYTES + LIMITS.READ_TURN_BYTES


def connections(count, each=0):
    return count * (CONNECTION + each)


def nothing_else(seen, world):
    pass


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    attack: str
    memory: int
    holds: typing.Callable = nothing_else
    host: str = "default"
    # Where caps by machine are the defence, the honest guests must not share the attackers' key.
    is_by_machine: bool = False
    address: str = None
    # Done to the host when the honest guests are inside, and returns what undoes it. Nobody else can
    # come in while the attack lasts. Without it the attack comes first.
    prepare: typing.Callable = None
    # What has to come true of the host while the attack lasts.
    during: typing.Callable = None
    # Of one core at most: attacks that must not make the host turn round and round.
    cpu: float = None
    # Measured only when all others are done: its guests take minutes to be forgotten.
    is_aging: bool = False


# ---- what the host is prepared by, and comes to ----

def starve(world):
    """Leaves the host two descriptors more than it has."""
    _, hard = resource.prlimit(world.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(world.pid, resource.RLIMIT_NOFILE, (world.count_descriptors() + 2, hard))
    return lambda: resource.prlimit(world.pid, resource.RLIMIT_NOFILE, (hard, hard))


def starved(world):
    """Whether it has as many as it may."""
    return world.count_descriptors() >= resource.prlimit(world.pid, resource.RLIMIT_NOFILE)[0]


def ask_code(world):
    world.command("code new")
    world.code = world.host.wait_event("code")["code"]
    return lambda: world.command("code off")


# ---- what has to hold ----

def just_one_share(seen, world):
    assert seen["connected"] > LIMITS.MAX_PER_ADDRESS, seen
    if seen["seconds"] < LIMITS.HANDSHAKE_DEADLINE_MS / 1000:
        assert seen["open"] == LIMITS.MAX_PER_ADDRESS, seen


def all_stay_open(seen, world):
    assert seen["connected"] == 5000, seen
    # They say nothing, so from then on the host closes them.
    if seen["seconds"] < LIMITS.HANDSHAKE_DEADLINE_MS / 1000:
        assert seen["open"] == 5000, seen


def nothing_answered(seen, world):
    assert seen["tried"] > 0 and seen["answered"] == 0, seen


# What the host reads of a body nobody asked for, and what both kernels hold of a connection.
TAKEN = LIMITS.REQUEST_BODY_MAX_BYTES + LIMITS.LINGER_INPUT_BYTES + 16 * 1024 * KIB


def cut_soon(seen, world, rightful=frozenset()):
    """None got more than a refusal, or what is @rightful: 0 is no answer, or one that a reset overtook."""
    assert seen["rounds"] > 0 and seen["most"] <= TAKEN, seen
    assert not {status for status in seen["statuses"] if status < 400} - {0} - rightful, seen


def cut_soon_or_sent_on(seen, world):
    """Without TLS the headers tell where to go on, and no body is waited for."""
    cut_soon(seen, world, {307})


def ranges_are_ignored(seen, world):
    assert seen["whole"] > 0 and seen["refused"] > 0 and seen["other"] == 0, seen
    assert seen["most"] < 1024 * KIB, seen


def some(key):
    def check(seen, world):
        assert seen[key] > 0, seen
    return check


def all_held(count):
    """An attack by fewer is another one."""
    def check(seen, world):
        assert seen["held"] == count, seen
    return check


def at_most_the_share(seen, world):
    """Of what one machine may say."""
    most = LIMITS.KEY_BURST_BYTES + LIMITS.KEY_RATE_BYTES * seen["seconds"]
    assert LIMITS.KEY_BURST_BYTES / 2 < seen["bytes"] <= most, (seen, most)


def no_strange_status(seen, world):
    assert set(seen["statuses"]) <= {0, 200, 304, 400, 404, 405, 413, 417, 421, 431, 501, 505}, seen
    assert seen["leaked"] >= LIMITS.MISDEEDS, seen


def nothing_wrong(seen, world):
    assert not seen["wrong"], seen


def nothing_found(seen, world):
    assert seen["asked"] > 100 and not seen["found"], seen


def ended_with(*codes):
    def check(seen, world):
        assert seen["rounds"] > 0 and seen["closes"] and set(seen["closes"]) <= set(codes), seen
    return check


def refused_as_bad(seen, world):
    assert seen.get("bad-object") and seen.get("1009") and not set(seen) - {"bad-object", "1009"}, seen


def never_all_pings(seen, world):
    assert seen["rounds"] > 0 and seen["all_taken"] == 0, seen


def nobody_got_a_name(seen, world):
    assert seen["asked"] > 100 and not seen["got"], seen


def all_came_back(seen, world):
    assert seen["storms"] > 1 and seen["strangers"] == 0, seen
    assert seen["came_in"] == 100 * seen["storms"], seen


def all_have_everything(seen, world):
    assert seen["storms"] > 0 and not seen["faults"], seen


def hardly_any_code(seen, world):
    assert seen["tried"] > seen["judged"] > 0 and seen["got_in"] == 0, seen
    assert seen["judged"] <= LIMITS.CODE_TRIES_PER_KEY, seen
    # Others are let in all the same.
    assert world.count_guests(world.code) == 0


def cut_at_the_bound(seen, world):
    assert 0 < seen["cut"] <= seen["held"] == 20, seen


def cut_when_it_talks(seen, world):
    assert seen["rounds"] > 0 and seen["most"] <= TAKEN, seen


def hardly_any_token(seen, world):
    most = LIMITS.WRONG_TOKEN_BURST + LIMITS.WRONG_TOKEN_RATE * (seen["seconds"] + 1)
    assert 0 < seen["judged"] <= most and seen["put_off"] > 0 and not seen["wrong"], (seen, most)


def all_refused(seen, world):
    assert seen["rounds"] > 0 and not seen["wrong"], seen


# ---- the table ----

FRAMES_12 = connections(12, MESSAGE) + IN_HAND

CASES = (
    Case("join-and-drop ghosts", "at_chat.ghosts",
         LIMITS.MAX_GUESTS * SEAT + connections(24) + IN_HAND, some("joined"), host="aging", is_aging=True),
    Case("slow TLS hello", "at_door.slow_hello", connections(60) + IN_HAND, all_held(60), cpu=0.5),
    Case("5,000 idle TCP connections from one machine", "at_door.idle",
         LIMITS.MAX_PER_ADDRESS * SILENT + IN_HAND, just_one_share, is_by_machine=True),
    Case("connection churn", "at_door.churn", connections(8) + IN_HAND, some("made")),
    Case("garbage TLS", "at_door.garbage_tls", connections(4) + IN_HAND, some("tried")),
    Case("one machine with 1,000 IPv6 addresses", "at_door.thousand_addresses",
         LIMITS.MAX_PER_ADDRESS * SILENT + IN_HAND, just_one_share, is_by_machine=True,
         address="fd77::1"),
    Case("public off-link peer", "at_door.off_link", IN_HAND, nothing_answered, is_by_machine=True),
    Case("descriptor exhaustion", "at_door.descriptors", 100 * SILENT + IN_HAND, some("tried"),
         prepare=starve, during=starved, cpu=0.5),
    Case("slow headers", "at_http.slow_headers", connections(60, REQUEST) + IN_HAND, all_held(60),
         cpu=0.5),
    Case("slow headers, plain http", "at_http.slow_plain_http", connections(60, REQUEST) + IN_HAND,
         all_held(60), cpu=0.5),
    Case("endless plain http", "at_http.plain_http",
         connections(6, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, cut_soon_or_sent_on),
    Case("fast endless body, Content-Length", "at_http.endless_length",
         connections(6, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, cut_soon),
    Case("fast endless body, chunked", "at_http.endless_chunks",
         connections(6, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, cut_soon),
    Case("one endless header", "at_http.endless_headers", connections(3, REQUEST) + IN_HAND, cut_soon),
    Case("endless headers", "at_http.endless_header_lines", connections(3, REQUEST) + IN_HAND, cut_soon),
    Case("12,000 ranges", "at_http.ranges",
         connections(8, REQUEST + LIMITS.RESPONSE_QUEUE_BYTES) + IN_HAND, ranges_are_ignored),
    Case("requests whose answers nobody reads", "at_http.pipeline",
         connections(20, REQUEST + LIMITS.RESPONSE_QUEUE_BYTES) + IN_HAND, some("rounds")),
    Case("Host, Origin and plain-http upgrade tricks", "at_http.host_tricks",
         connections(4, REQUEST) + IN_HAND, nothing_wrong),
    Case("slow bodies", "at_posts.slow_bodies",
         connections(60, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, all_held(60), cpu=0.5),
    Case("endless bodies of POSTs", "at_posts.endless_bodies",
         connections(6, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, cut_soon),
    Case("streams that talk", "at_posts.talkative_streams",
         connections(12, REQUEST) + IN_HAND, cut_when_it_talks),
    Case("forged tokens", "at_posts.wrong_tokens",
         connections(16, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, hardly_any_token),
    Case("refused streams", "at_posts.refused_streams",
         connections(16, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND, all_refused),
    Case("endless fragments, none having joined", "at_frames.fragments",
         connections(20, MESSAGE) + IN_HAND, ended_with(0, 1008, 1009)),
    Case("half messages, held", "at_frames.fragments_held", connections(100, MESSAGE) + IN_HAND,
         all_held(100)),
    Case("guests at line rate: pongs, tiny frames, fragments", "at_frames.line_rate", FRAMES_12,
         ended_with(0, 1008, 1009)),
    # What answers a ping is as long as the ping.
    Case("120,000 pings", "at_frames.pings", connections(10, 2 * MESSAGE) + IN_HAND, never_all_pings),
    Case("garbage frames", "at_frames.garbage_frames", FRAMES_12, nothing_wrong),
    Case("90,000 [", "at_frames.brackets", connections(6, MESSAGE) + IN_HAND, refused_as_bad),
    Case("slow readers", "at_chat.slow_readers", connections(30) + IN_HAND, all_held(30)),
    # Those who lag refer to the same messages; what is kept for them is kept once. By default one
    # machine may not say enough for it.
    Case("guests who never read, during a flood", "at_chat.never_readers",
         connections(22) + LIMITS.OUTBOX_BYTES + LIMITS.BACKLOG_BYTES + IN_HAND, cut_at_the_bound,
         host="lively"),
    Case("streams that nobody reads, during a flood", "at_posts.never_reading_streams",
         connections(22) + LIMITS.OUTBOX_BYTES + LIMITS.BACKLOG_BYTES + IN_HAND, cut_at_the_bound,
         host="lively"),
    Case("message flood", "at_chat.message_flood", FRAMES_12 + LIMITS.BACKLOG_BYTES,
         ended_with(0, 1000, 1008)),
    Case("flood of the longest texts", "at_chat.large_flood", FRAMES_12 + LIMITS.BACKLOG_BYTES,
         at_most_the_share, is_by_machine=True),
    Case("name squatting", "at_chat.squatting", connections(31) + IN_HAND, nobody_got_a_name),
    Case("code guessing", "at_chat.guess_code", connections(60) + IN_HAND, hardly_any_code,
         is_by_machine=True, prepare=ask_code),
    Case("reconnect storm of all guests at once", "at_chat.storm",
         connections(100) + 100 * SEAT + IN_HAND, all_came_back),
    Case("reconnect storm of a full room at once", "at_chat.full_storm",
         connections(900) + 900 * SEAT + IN_HAND, all_have_everything, host="open"),
    # Ends with what libsoup before 3.6 leaks a little memory by, until the host bars that machine.
    Case("garbage HTTP", "at_http.garbage_http",
         connections(8, REQUEST + LIMITS.REQUEST_BODY_MAX_BYTES) + IN_HAND,
         no_strange_status, host="leaky", is_by_machine=True),
    Case("asset path tricks", "at_http.asset_paths", connections(4, REQUEST) + IN_HAND, nothing_found),
    Case("asset path tricks, --web-root", "at_http.asset_paths",
         connections(4, REQUEST + LIMITS.RESPONSE_QUEUE_BYTES) + IN_HAND, nothing_found, host="folder"),
    Case("5,000 idle TCP connections, no caps", "at_door.idle", 5000 * SILENT + IN_HAND, all_stay_open,
         host="open"),
)


def make_folder(path):
    """A page, and around and beside it what must not be served."""
    root = os.path.join(path, "root")
    os.makedirs(os.path.join(root, "sub"))
    files = {"root/index.html": "page", "root/sub/page.html": "page", "secret.txt": "SECRET",
             "root/.hidden": "SECRET", "root/sub/.hidden": "SECRET"}
    for name, text in files.items():
        with open(os.path.join(path, name), "w", encoding="ascii") as file:
            file.write(text)
    with open(os.path.join(root, "big"), "wb") as big:
        big.truncate(LIMITS.WEB_FILE_MAX_BYTES + 1)
    os.symlink("../secret.txt", os.path.join(root, "link"))
    os.symlink("..", os.path.join(root, "linked"))
    os.symlink("/etc/passwd", os.path.join(root, "absolute"))
    os.mkfifo(os.path.join(root, "fifo"))
    return ("--web-root", root)


# Host -> its options, given a folder of its own. Everything else is by default.
HOSTS = {
    "default": lambda path: (),
    "aging": lambda path: (),
    "leaky": lambda path: (),
    "folder": make_folder,
    "lively": lambda path: ("--max-message-rate", "0"),
    "open": lambda path: ("--max-per-address", "0", "--max-attempts", "0", "--max-pending", "0"),
}
