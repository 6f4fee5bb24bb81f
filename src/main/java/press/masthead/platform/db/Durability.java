package press.masthead.platform.db;

/** Whether a commit waits for the disk. Only a test may say no. */
enum Durability {
    SAFE,
    LOSABLE
}
