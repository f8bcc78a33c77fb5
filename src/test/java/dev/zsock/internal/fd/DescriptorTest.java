package dev.zsock.internal.fd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zsock.internal.file.Call;
import dev.zsock.internal.file.FileOps;
import dev.zsock.testkit.OverMemory;
import dev.zsock.uapi.ErrnoAbi;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

@DisplayName("An opening of a number")
class DescriptorTest {
    private final FdTable table = new FdTable(4, OverMemory.NO_SIGNALS);
    private final List<String> told = new ArrayList<>();

    private final class File implements FileOps {
        @Override
        public int kernelFd() {
            return -1;
        }

        @Override
        public int lastNumberClosed(Call call, boolean carries) {
            told.add("last number");
            throw new OutOfMemoryError("as if");
        }

        @Override
        public int close() {
            told.add("closed");
            return 0;
        }
    }

    @Test
    @DisplayName("closed late, it leaves alone what its number leads to by then")
    void recycled() {
        Descriptor old = table.publish(table.reserve(0), new OpenFile(new File()));
        table.close(0);
        Descriptor fresh = table.publish(table.reserve(0), new OpenFile(new File()));
        assertThat(fresh.number).isEqualTo(old.number);
        assertThat(table.close(old)).isEqualTo(-ErrnoAbi.EBADF);
        assertThat(table.peek(0)).isSameAs(fresh);
        assertThat(told).containsExactly("last number", "closed");
    }

    @Test
    @DisplayName("a file whose last number has gone carries no other, though a call still holds it")
    void closedBeforeItCarries() {
        table.publish(table.reserve(0), new OpenFile(new File()));
        Descriptor held = table.get(0);
        assertThat(held.file.carry()).isZero();
        assertThat(held.file.carry()).isEqualTo(-ErrnoAbi.EEXIST);
        held.file.uncarry();
        table.close(0);
        assertThat(held.file.carry()).isEqualTo(-ErrnoAbi.EBADF);
        assertThat(told).containsExactly("last number");
        held.file.release();
        assertThat(told).containsExactly("last number", "closed");
    }

    @Test
    @DisplayName("without memory to say good-bye with: ENOMEM, and the file is closed all the same")
    void noMemory() {
        table.publish(table.reserve(0), new OpenFile(new File()));
        assertThat(table.close(0)).isEqualTo(-ErrnoAbi.ENOMEM);
        assertThat(told).containsExactly("last number", "closed");
        assertThat(table.reserve(0)).as("the number is free").isZero();
    }
}
