import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** paxnorm by JNA: a transmission as a stream of records. Lengths are of 64 bits. */
public final class Paxnorm {
    private static final int END = 1;
    private static final int RECORD_BYTES = 72;
    private static final int ERROR_BYTES = 256;
    private static final Api API =
            Native.load(System.getProperty("paxnorm.library", "paxnorm"), Api.class);

    private Paxnorm() {}

    /** The functions of paxnorm.h that are used here. */
    public interface Api extends Library {
        String paxnorm_version();

        int paxnorm_options_new(byte[] json, long length, PointerByReference options, Pointer error);

        int paxnorm_options_free(PointerByReference options);

        int paxnorm_reader_open_callback(
                Read read, Pointer context, Pointer options, PointerByReference reader, Pointer error);

        int paxnorm_reader_next(Pointer reader, Pointer record, Pointer error);

        int paxnorm_reader_free(PointerByReference reader);
    }

    /** Reads bytes for the library. */
    public interface Read extends Callback {
        long read(Pointer context, Pointer buffer, long capacity);
    }

    /** Why a call failed. */
    public static final class PaxnormException extends RuntimeException {
        /** Status as in paxnorm.h. */
        public final int status;
        /** Byte of the transmission, or -1. */
        public final long offset;

        PaxnormException(Pointer error) {
            super(error.getString(16, "UTF-8"));
            status = error.getInt(0);
            offset = error.getLong(8);
        }
    }

    /** One piece of a transmission; {@code booking} is null where it holds none. */
    public record Record(
            byte[] booking, String diagnostics, int read, int mapped, int withheld, int unmapped, int doubts) {
        static Record of(Pointer record) {
            byte[] diagnostics = text(record, 16);
            return new Record(
                    text(record, 0),
                    new String(diagnostics, StandardCharsets.UTF_8),
                    record.getInt(48),
                    record.getInt(52),
                    record.getInt(56),
                    record.getInt(60),
                    record.getInt(68));
        }

        private static byte[] text(Pointer record, long at) {
            Pointer text = record.getPointer(at);
            return text == null ? null : text.getByteArray(0, Math.toIntExact(record.getLong(at + 8)));
        }
    }

    public static String version() {
        return API.paxnorm_version();
    }

    /** The reading of one transmission: for one thread at a time. */
    public static final class Reader implements Iterator<Record>, AutoCloseable {
        private final Memory error = new Memory(ERROR_BYTES);
        private final Memory record = new Memory(RECORD_BYTES);
        private final PointerByReference handle = new PointerByReference();
        // Held here, so that it lives as long as the library may call it.
        private final Read read;
        private IOException failure;
        private Record next;

        /** Reads a stream; {@code options} is JSON as paxnorm.h describes it, or empty. */
        public Reader(InputStream input, String options) throws IOException {
            read = (context, buffer, capacity) -> fill(input, buffer, capacity);
            byte[] json = options.getBytes(StandardCharsets.UTF_8);
            PointerByReference chosen = new PointerByReference();
            check(API.paxnorm_options_new(json, json.length, chosen, error));
            try {
                check(API.paxnorm_reader_open_callback(read, null, chosen.getValue(), handle, error));
            } catch (PaxnormException wrong) {
                if (failure != null) {
                    throw failure;
                }
                throw wrong;
            } finally {
                API.paxnorm_options_free(chosen);
            }
        }

        private long fill(InputStream input, Pointer buffer, long capacity) {
            try {
                byte[] piece = input.readNBytes((int) Math.min(capacity, 1 << 20));
                buffer.write(0, piece, 0, piece.length);
                return piece.length;
            } catch (IOException wrong) {
                failure = wrong;
                return -1;
            }
        }

        @Override
        public boolean hasNext() {
            if (next == null && check(API.paxnorm_reader_next(handle.getValue(), record, error)) != END) {
                next = Record.of(record);
            }
            return next != null;
        }

        @Override
        public Record next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Record one = next;
            next = null;
            return one;
        }

        /** The records that are left, in their order. */
        public Stream<Record> stream() {
            int kind = Spliterator.ORDERED | Spliterator.NONNULL;
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, kind), false);
        }

        private int check(int status) {
            if (status > END) {
                throw new PaxnormException(error);
            }
            return status;
        }

        @Override
        public void close() {
            API.paxnorm_reader_free(handle);
        }
    }
}
