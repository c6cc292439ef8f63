"""What the bench measures, and the targets it is held to."""

from dataclasses import dataclass

from peers import PEERS

SETS = {"ct": 1000, "mr": 5000, "tiny": 20000, "big": 1}
QUICK_SETS = {"ct": 200, "mr": 500, "tiny": 2000, "big": 1}


@dataclass(frozen=True)
class Cell:
    """One sender, one set, one receiver, one distance."""
    data: str
    sender: str
    receiver: str
    round_trip: int = 0  # milliseconds; 0: no relay
    count: int = 0       # how many of the set; 0: all

    def name(self):
        distance = f" at {self.round_trip} ms" if self.round_trip else ""
        return f"{self.data}: {self.sender} -> {self.receiver}{distance}"


@dataclass(frozen=True)
class Group:
    """Cells that are run in turn, again and again, so that what else the machine does falls on all alike."""
    name: str
    cells: tuple


@dataclass(frozen=True)
class Target:
    """A figure to reach: the value of @p ours over that of @p theirs, or the value of @p ours itself.

    @p measure: rate (instances/s), cpu (s an instance), rss (MB), receiver_rss (MB) or lag (ms). Of several cells in @p theirs the best counts.
    """
    title: str
    measure: str
    ours: Cell
    theirs: tuple
    bound: float
    otherwise: float = 0  # instances/s that would do as well

    @property
    def at_most(self):
        return self.measure != "rate"


def cells(data, receiver, senders, **more):
    return tuple(Cell(data, sender, receiver, **more) for sender in senders)


def slow(data, receiver, count, ours_count=0):
    """Against a receiver that answers 20 times a second: the peers send @p count, we (and the floor) @p ours_count."""
    return (cells(data, receiver, ("radpost", "floor"), count=ours_count)
            + cells(data, receiver, PEERS, count=count))


def groups(quick):
    few = 20 if quick else 60
    far = 10 if quick else 40
    orthanc = 200 if quick else 1000
    found = []
    for data in ("ct", "mr"):
        found.append(Group(f"stock-{data}", slow(data, "stock", few)))
        found.append(Group(f"orthanc-{data}", slow(data, "orthanc", few, orthanc)))
    for data in ("ct", "mr", "tiny"):
        # gdcmscu has Nagle's algorithm on whatever the receiver does: 20 a second, so a subset.
        found.append(Group(f"fast-{data}", cells(data, "fast", ("radpost", "floor", "floor-copy", "storescu", "dcmsend"))
                           + cells(data, "fast", ("gdcmscu",), count=few)
                           + cells(data, "fork", ("radpost-auto",))))
    found.append(Group("big", cells("big", "fast", ("radpost", "floor", "floor-copy", *PEERS))))
    for data in ("ct", "tiny"):
        found.append(Group(f"ours-{data}", cells(data, "radpost", ("radpost", "radpost-auto", "floor", "floor-window", "storescu", "dcmsend"))
                           + cells(data, "sink", ("radpost", "floor", "storescu"))
                           + cells(data, "sink-window", ("radpost", "floor-window"))))
    for data in ("ct", "mr", "tiny"):
        found.append(Group(f"serve-{data}", cells(data, "serve", ("storescu", "dcmsend", "floor"))
                           + cells(data, "fast", ("storescu", "dcmsend", "floor"))
                           + cells(data, "dcmqrscp", ("storescu",), count=few)))
    for count in (4, 8):
        senders = (f"storescu-{count}", f"floor-{count}")
        found.append(Group(f"crowd{count}-mr", cells("mr", "serve", senders) + cells("mr", "fork", senders)))
    found.append(Group("power-ct", cells("ct", "serve-power", ("storescu", "storescu-4"), count=orthanc)
                       + cells("ct", "orthanc-disk", ("storescu", "storescu-4"), count=orthanc)))
    found.append(Group("forward-ct", cells("ct", "serve-forward", ("storescu",))
                       + cells("ct", "orthanc-forward-tuned", ("storescu",), count=orthanc)
                       + cells("ct", "orthanc-forward", ("storescu",), count=few)))
    found.append(Group("forward-big", cells("big", "serve-forward", ("storescu",))))
    for round_trip in (20, 50):
        for data in ("ct", "mr"):
            cell_list = ()
            for receiver in ("fork", "radpost"):
                cell_list += cells(data, receiver, ("radpost-auto",), round_trip=round_trip, count=200)
                cell_list += cells(data, receiver, PEERS, round_trip=round_trip, count=far)
            found.append(Group(f"far{round_trip}-{data}", cell_list))
    return found


def targets(quick):
    def pick(group, sender, receiver):
        return next(cell for cell in by_name[group].cells if cell.sender == sender and cell.receiver == receiver)

    def best(group, receiver, senders=PEERS):
        return tuple(pick(group, sender, receiver) for sender in senders)

    by_name = {group.name: group for group in groups(quick)}
    found = []
    for data in ("ct", "mr"):
        name = data.upper()
        found.append(Target(f"{name} to stock storescp, against storescu and dcmsend", "rate",
                            pick(f"stock-{data}", "radpost", "stock"),
                            best(f"stock-{data}", "stock", ("storescu", "dcmsend")), 30))
    for data in ("ct", "mr"):
        found.append(Target(f"{data.upper()} to Orthanc as shipped", "rate",
                            pick(f"orthanc-{data}", "radpost", "orthanc"), best(f"orthanc-{data}", "orthanc"), 3.5))
    for data, one, auto in (("ct", 1.4, 1.6), ("mr", 1.7, 2.2), ("tiny", 2.5, 4)):
        group = f"fast-{data}"
        found.append(Target(f"{data.upper()} to storescp +B, TCP_NODELAY=1", "rate", pick(group, "radpost", "fast"),
                            best(group, "fast"), one))
        found.append(Target(f"{data.upper()} likewise, associations auto (--fork)", "rate",
                            pick(group, "radpost-auto", "fork"), best(group, "fast"), auto))
    for data, bound in (("ct", 0.4), ("mr", 0.35), ("tiny", 0.35)):
        group = f"fast-{data}"
        found.append(Target(f"{data.upper()} CPU an instance, against storescu", "cpu", pick(group, "radpost", "fast"),
                            best(group, "fast", ("storescu",)), bound))
    found.append(Target("CT radpost send to radpost receive, against the floor to the sink", "rate",
                        pick("ours-ct", "radpost", "radpost"), (pick("ours-ct", "floor", "sink"),), 0.6))
    found.append(Target("tiny with a window to radpost receive, against the floor with a window to the sink", "rate",
                        pick("ours-tiny", "radpost", "radpost"), (pick("ours-tiny", "floor-window", "sink-window"),),
                        0.4, otherwise=15000))
    for data in ("ct", "mr", "tiny"):
        for sender in ("storescu", "floor"):
            group = f"serve-{data}"
            found.append(Target(f"{data.upper()} received by radpost serve from one {sender}, against storescp +B", "rate",
                                pick(group, sender, "serve"), (pick(group, sender, "fast"),), 1.2))
    for sender in ("storescu-4", "floor-4"):
        found.append(Target(f"MR received by radpost serve from {sender}, against storescp +B --fork", "rate",
                            pick("crowd4-mr", sender, "serve"), (pick("crowd4-mr", sender, "fork"),), 1))
    for sender in ("storescu", "storescu-4"):
        found.append(Target(f"CT received on disk with durability power-loss from {sender}, against Orthanc", "rate",
                            pick("power-ct", sender, "serve-power"), (pick("power-ct", sender, "orthanc-disk"),), 4))
    forward = pick("forward-ct", "storescu", "serve-forward")
    for receiver, title, bound in (("orthanc-forward-tuned", "tuned", 6), ("orthanc-forward", "as shipped", 40)):
        found.append(Target(f"CT received and forwarded, against Orthanc {title}", "rate", forward,
                            (pick("forward-ct", "storescu", receiver),), bound))
    found.append(Target("median lag of a CT from spool to destination (ms)", "lag", forward, (), 20))
    found.append(Target("peak memory receiving and forwarding a 2 GB file (MB)", "receiver_rss",
                        pick("forward-big", "storescu", "serve-forward"), (), 64))
    for data in ("ct", "mr"):
        for receiver, title, bound in (("fork", "storescp +B --fork", 5), ("radpost", "radpost receive", 8)):
            group = f"far50-{data}"
            found.append(Target(f"200 {data.upper()} at 50 ms to {title}, our defaults", "rate",
                                pick(group, "radpost-auto", receiver), best(group, receiver), bound))
    found.append(Target("peak memory, one 2 GB file (MB)", "rss", pick("big", "radpost", "fast"), (), 48))
    found.append(Target("peak memory, 20000 files (MB)", "rss", pick("fast-tiny", "radpost", "fast"), (), 96))
    return found
