package dev.zsock.demo;

/** The numbers that the programs behind {@code make} are told, such as {@code PORT=9001}. */
public final class Arguments {
    /** The highest port. */
    public static final int LAST_PORT = 65535;

    private Arguments() {}

    /**
     * A whole number.
     *
     * @throws DemoFailure if text is none, or not from least to most
     */
    public static int whole(String name, String text, int least, int most) throws DemoFailure {
        long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
        if (number < least || number > most) {
            throw new DemoFailure(
                    name + "=" + text + ": not a number from " + least + " to " + most);
        }
        return (int) number;
    }

    /**
     * A number that may have a fraction.
     *
     * @throws DemoFailure if text is none, or not above 0
     */
    public static double above0(String name, String text) throws DemoFailure {
        boolean is = text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?");
        if (!is || Double.parseDouble(text) == 0) {
            throw new DemoFailure(name + "=" + text + ": not a number above 0");
        }
        return Double.parseDouble(text);
    }
}
