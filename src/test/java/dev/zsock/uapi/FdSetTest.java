package dev.zsock.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.Random;

class FdSetTest {
    @Test
    void behavesAsASetOfNumbers() {
        Random random = new Random(5);
        FdSet set = new FdSet();
        BitSet model = new BitSet();
        for (int i = 0; i < 20_000; i++) {
            int fd = random.nextInt(4000);
            switch (random.nextInt(3)) {
                case 0 -> {
                    set.add(fd);
                    model.set(fd);
                }
                case 1 -> {
                    set.remove(fd);
                    model.clear(fd);
                }
                default -> assertThat(set.contains(fd)).isEqualTo(model.get(fd));
            }
        }
        assertThat(set).hasToString(model.toString());
        FdSet copy = new FdSet(set);
        set.zero();
        assertThat(set).hasToString("{}");
        assertThat(copy).hasToString(model.toString());
    }

    @Test
    void growsPastFdSetsize() {
        FdSet set = new FdSet();
        assertThat(set.contains(PollAbi.FD_SETSIZE)).isFalse();
        set.remove(PollAbi.FD_SETSIZE);
        set.add(PollAbi.FD_SETSIZE - 1);
        assertThat(set.fds_bits).hasSize(FdSet.SIZE / 8);
        set.add(PollAbi.FD_SETSIZE);
        set.add(FdSet.MAX - 1);
        assertThat(set).hasToString("{1023, 1024, 1048575}");
    }

    @Test
    void numbersThatNoDescriptorHasAreIgnored() {
        FdSet set = new FdSet();
        for (int fd : new int[] {-1, Integer.MIN_VALUE, FdSet.MAX, Integer.MAX_VALUE}) {
            set.add(fd);
            assertThat(set.contains(fd)).isFalse();
            set.remove(fd);
        }
        assertThat(set).hasToString("{}");
        assertThat(set.fds_bits).hasSize(FdSet.SIZE / 8);
    }

    @Test
    void assigningASmallerSetLeavesNothingBehind() {
        FdSet large = new FdSet();
        large.add(5000);
        FdSet small = new FdSet();
        small.add(1);
        large.set(small);
        assertThat(large).hasToString("{1}");
        small.add(2);
        assertThat(large).hasToString("{1}");
    }
}
