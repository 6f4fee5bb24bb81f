package press.masthead.platform.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import press.masthead.platform.web.Problem;

/**
 * A folder of files under names. A file is whole or not there: it is written aside, forced to the disk and renamed, so
 * neither a kill nor a full disk leaves half of one.
 */
public final class Files {
    /** Lower-case words divided by slashes; no dot may begin one, so no name leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,150}(/[a-z0-9][a-z0-9._-]{0,150}){0,5}");

    private final Path folder;
    private final Opener opener;

    /** How a file is opened for writing; tests have a disk that is full. */
    interface Opener {
        FileChannel open(Path file) throws IOException;
    }

    /** @param folder made when it is missing */
    public Files(Path folder) {
        this(folder, file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    Files(Path folder, Opener opener) {
        this.folder = folder.toAbsolutePath().normalize();
        this.opener = opener;
    }

    /** Whether this may be a file's name at all. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..");
    }

    /**
     * Keeps the bytes under the name, in place of what was there.
     *
     * @throws Problem with status 507 when the disk is full; nothing is kept then
     */
    public void put(String name, byte[] bytes) {
        Path target = path(name);
        Path aside = folder.resolve(".incoming-" + UUID.randomUUID());
        try {
            java.nio.file.Files.createDirectories(target.getParent());
            try (FileChannel channel = opener.open(aside)) {
                for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) channel.write(rest);
                channel.force(true);
            }
            java.nio.file.Files.move(
                    aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            removeQuietly(aside);
            if (isFull(e)) throw Problem.full("The server's disk is full, so the file was not kept.");
            throw new UncheckedIOException(e);
        }
    }

    public Optional<byte[]> get(String name) {
        try {
            return Optional.of(java.nio.file.Files.readAllBytes(path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String name) {
        return java.nio.file.Files.isRegularFile(path(name));
    }

    /** Removes the file; a name that is not there is no mistake. */
    public void remove(String name) {
        try {
            java.nio.file.Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(String name) {
        if (!isName(name)) throw Problem.notFound("There is no such file.");
        return folder.resolve(name);
    }

    private static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left") || message.contains("quota exceeded");
    }

    private static void removeQuietly(Path file) {
        try {
            java.nio.file.Files.deleteIfExists(file);
        } catch (IOException e) {
            // the failure that is being reported matters more
        }
    }
}
