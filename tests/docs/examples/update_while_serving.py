"""Change an index while others search it: every search sees one state, and never a half one."""

import threading
from pathlib import Path

import searchkit


def main(folder: Path) -> None:
    """Search in threads while documents come and go."""
    index = searchkit.build_index(
        [searchkit.Document("0", "Der Pegel der Elbe.")], folder / "index"
    )
    seen: set[int] = set()
    done = threading.Event()

    def reader() -> None:
        while not done.is_set():
            seen.add(index.search("Pegel", snippets=False).total)

    threads = [threading.Thread(target=reader) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in (1, 2):
        new = [searchkit.Document(f"{number}{n}", "Noch ein Pegel.") for n in range(2)]
        index.add(new)
    done.set()
    for thread in threads:
        thread.join()
    print("states seen are among 1, 3, 5:", seen <= {1, 3, 5})
    print(index.search("Pegel").total, index.stats().documents)
    index.close()
