package dev.zsock.twin;

public final class Main {
    public static void main(String[] args) {
        Data.Shape shape = Data.Shape.valueOf(args[1]);
        String folder = args[2];
        Twin twin = switch (args[0]) {
            case "tcp" -> new TwinTcp(folder, shape);
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.print(twin.transcript());
    }
}
