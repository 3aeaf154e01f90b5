import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** Bookings of transmissions as NDJSON; doubts go to standard error. */
public final class Normalise {
    public static void main(String[] paths) throws IOException {
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16));
        for (String path : paths) {
            try (InputStream file = new FileInputStream(path);
                    Paxnorm.Reader reader = new Paxnorm.Reader(file, "{\"policy\": \"eu-pnr\"}")) {
                reader.stream().forEach(record -> print(path, record, out));
            }
        }
        out.flush();
    }

    private static void print(String path, Paxnorm.Record record, PrintStream out) {
        if (record.booking() != null) {
            out.writeBytes(record.booking());
            out.write('\n');
        }
        if (record.doubts() > 0) {
            System.err.println(path + ": " + record.diagnostics());
        }
    }
}
