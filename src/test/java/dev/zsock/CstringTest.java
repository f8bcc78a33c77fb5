package dev.zsock;

import static dev.zsock.Cstring.cstr;
import static dev.zsock.Cstring.memcpy;
import static dev.zsock.Cstring.memset;
import static dev.zsock.Cstring.str;
import static dev.zsock.Cstring.strlen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CstringTest {
    @Test
    void stringsEndAtTheirNul() {
        assertThat(str("h\u00e9")).containsExactly('h', 0xc3, 0xa9, 0);
        assertThat(str("")).containsExactly(0);
        assertThat(cstr(str("h\u00e9"))).isEqualTo("h\u00e9");
        assertThat(cstr(new byte[] {'a', 0, 'b'})).isEqualTo("a");
        assertThat(cstr(new byte[] {'a', 'b'})).isEqualTo("ab");
        assertThat(cstr(new byte[0])).isEmpty();
        assertThat(strlen("h\u00e9")).isEqualTo(3);
        assertThat(strlen("a\0b")).isEqualTo(1);
        assertThat(strlen(new byte[] {'a', 0, 'b'})).isEqualTo(1);
        assertThat(strlen(new byte[] {'a', 'b'})).isEqualTo(2);
    }

    @Test
    void memoryIsCopiedAndSet() {
        byte[] dst = {9, 9, 9};
        memcpy(dst, new byte[] {1, 2, 3, 4}, 2);
        assertThat(dst).containsExactly(1, 2, 9);
        memset(dst, 0x1ff, 2);
        assertThat(dst).containsExactly(-1, -1, 9);
        memcpy(dst, new byte[0], 0);
        assertThatThrownBy(() -> memcpy(dst, new byte[9], 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memset(dst, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
