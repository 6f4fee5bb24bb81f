/** PostgreSQL: the embedded server, the connection pool, the schema, and notices between nodes. */
package press.masthead.platform.db;
