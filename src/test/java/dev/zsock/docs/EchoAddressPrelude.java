package dev.zsock.docs;

import java.io.IOException;

/** The echo server; a main method gets its address and port. */
public class EchoAddressPrelude extends EchoPrelude {
    public EchoAddressPrelude() throws IOException {}

    @Override
    public String[] preludeArgs() {
        return new String[] {host, String.valueOf(port)};
    }
}
