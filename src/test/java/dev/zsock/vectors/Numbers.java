package dev.zsock.vectors;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Errno names with Linux numbering, and unsigned 64-bit numbers. */
final class Numbers {
    private static final Map<Integer, String> NAMES = new LinkedHashMap<>();

    static {
        String table = """
                1 EPERM 2 ENOENT 4 EINTR 5 EIO 9 EBADF 11 EAGAIN 12 ENOMEM 13 EACCES 14 EFAULT
                16 EBUSY 17 EEXIST 22 EINVAL 23 ENFILE 24 EMFILE 25 ENOTTY 28 ENOSPC 29 ESPIPE
                32 EPIPE 71 EPROTO 74 EBADMSG 75 EOVERFLOW 84 EILSEQ 88 ENOTSOCK
                89 EDESTADDRREQ 90 EMSGSIZE 91 EPROTOTYPE 92 ENOPROTOOPT 93 EPROTONOSUPPORT
                95 EOPNOTSUPP 97 EAFNOSUPPORT 98 EADDRINUSE 100 ENETDOWN 103 ECONNABORTED
                104 ECONNRESET 105 ENOBUFS 106 EISCONN 107 ENOTCONN 110 ETIMEDOUT
                111 ECONNREFUSED 113 EHOSTUNREACH 114 EALREADY 115 EINPROGRESS 125 ECANCELED
                """;
        String[] words = table.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            NAMES.put(Integer.parseInt(words[i]), words[i + 1]);
        }
    }

    private Numbers() {}

    static String errnoName(int errno) {
        return NAMES.getOrDefault(errno, "errno " + errno);
    }

    static int errno(String name) {
        for (Map.Entry<Integer, String> e : NAMES.entrySet()) {
            if (e.getValue().equals(name)) {
                return e.getKey();
            }
        }
        throw new Unsupported("errno " + name);
    }

    static BigInteger unsigned(long v) {
        return new BigInteger(Long.toUnsignedString(v));
    }
}
