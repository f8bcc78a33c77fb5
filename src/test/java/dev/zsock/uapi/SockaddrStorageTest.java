package dev.zsock.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One family in storage, whichever way it was written. */
class SockaddrStorageTest {
    private final SockaddrStorage storage = new SockaddrStorage();

    @Test
    void emptyStorageTakesTheFamilyOfTheFirstView() {
        assertThat(storage.sa_family()).isEqualTo(SocketAbi.AF_UNSPEC);
        assertThat(storage.sin6().sin6_family).isEqualTo(SocketAbi.AF_INET6);
        assertThat(storage.ss_family).isEqualTo(SocketAbi.AF_INET6);
        assertThat(storage.sin().sin_family)
                .as("one place in memory")
                .isEqualTo(SocketAbi.AF_INET6);
        assertThat(new SockaddrStorage().sun().sun_family).isEqualTo(SocketAbi.AF_UNIX);
        assertThat(new SockaddrStorage().sin().sin_family).isEqualTo(SocketAbi.AF_INET);
    }

    @Test
    void viewsAreTheSameObjectEveryTime() {
        storage.sin().sin_port = 8080;
        assertThat(storage.sin()).isSameAs(storage.sin());
        assertThat(storage.sin().sin_port).isEqualTo(8080);
    }

    @Test
    void familyWrittenToTheStorageCounts() {
        storage.sin();
        storage.ss_family = SocketAbi.AF_INET6;
        assertThat(storage.sa_family()).isEqualTo(SocketAbi.AF_INET6);
        assertThat(storage.sin6().sin6_family).isEqualTo(SocketAbi.AF_INET6);
    }

    @Test
    void familyWrittenThroughAViewCounts() {
        SockaddrIn in = storage.sin();
        storage.sin6().sin6_family = SocketAbi.AF_INET6;
        assertThat(storage.sa_family()).isEqualTo(SocketAbi.AF_INET6);
        in.sin_family = SocketAbi.AF_INET;
        assertThat(storage.sa_family()).isEqualTo(SocketAbi.AF_INET);
        storage.sun().sun_family = SocketAbi.AF_UNIX;
        assertThat(storage.sa_family()).isEqualTo(SocketAbi.AF_UNIX);
        assertThat(storage.ss_family).isEqualTo(SocketAbi.AF_UNIX);
        in.sin_family = SocketAbi.AF_UNSPEC;
        assertThat(storage.sin6().sin6_family).isEqualTo(SocketAbi.AF_INET6);
    }

    @Test
    void takesACopyOfAnyAddress() {
        storage.set(new SockaddrIn(0x0a000001, 7));
        assertThat(storage.sa_family()).isEqualTo(SocketAbi.AF_INET);
        assertThat(storage.sin())
                .usingRecursiveComparison()
                .isEqualTo(new SockaddrIn(0x0a000001, 7));
        assertThat(storage).hasToString("{sin_family=2, 10.0.0.1:7}");

        SockaddrIn6 in6 = new SockaddrIn6(new In6Addr(), 9);
        in6.sin6_scope_id = 3;
        storage.set(in6);
        assertThat(storage.sin6()).usingRecursiveComparison().isEqualTo(in6);
        assertThat(storage).hasToString(in6.toString());

        storage.set(new SockaddrUn("/a"));
        assertThat(storage.sun().sun_path).startsWith('/', 'a', 0);

        SockaddrStorage copy = new SockaddrStorage(storage);
        storage.sun().sun_path[1] = 'b';
        assertThat(copy.sa_family()).isEqualTo(SocketAbi.AF_UNIX);
        assertThat(copy).hasToString("{sun_family=1, /a}");
        copy.set(new SockaddrStorage());
        assertThat(copy).hasToString("{ss_family=0}");
    }

    @Test
    void aCopyMadeThroughAStaleViewHasTheNewFamily() {
        storage.sin().sin_family = SocketAbi.AF_INET6;
        assertThat(new SockaddrStorage(storage).sa_family()).isEqualTo(SocketAbi.AF_INET6);
    }
}
