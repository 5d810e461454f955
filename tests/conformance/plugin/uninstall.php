<?php
/**
 * Deletes the plugin from a store without WooCommerce' classes; prints what the database is asked to delete.
 */

define( 'WP_UNINSTALL_PLUGIN', 'trellis-for-woocommerce/trellis-for-woocommerce.php' );
$options = array(
	'trellis_connection' => array(
		'appUrl' => 'https://app.example',
		'keyId'  => 7,
	),
);

/** Tables that exist; everything that is deleted is written down. */
final class Database {
	public $prefix   = 'wp_';
	public $options  = 'wp_options';
	public $postmeta = 'wp_postmeta';
	public $posts    = 'wp_posts';
	public $codes    = array( '31', '32' );
	public $deleted  = array();
	public function esc_like( $text ) {
		return addcslashes( $text, '_%\\' );
	}
	public function prepare( $query, $value ) {
		return str_replace( '%s', "'" . $value . "'", $query );
	}
	public function get_var( $query ) {
		return preg_match( "/^SHOW TABLES LIKE '(.*)'$/", $query, $found ) ? stripslashes( $found[1] ) : null;
	}
	public function get_col( $query ) {
		return strpos( $query, "'trellis_code'" ) && strpos( $query, "'_trellis_offer'" ) ? $this->codes : array_keys( $GLOBALS['options'] );
	}
	public function query( $query ) {
		$this->deleted[] = $query;
		if ( 0 !== strpos( $query, 'DELETE FROM wp_posts' ) ) {
			return 0;
		}
		$this->codes = array();
		return 2;
	}
	public function delete( $table, array $where ) {
		$this->deleted[] = $table . ' ' . json_encode( $where );
	}
}
$wpdb = new Database();
function get_option( $name ) {
	return isset( $GLOBALS['options'][ $name ] ) ? $GLOBALS['options'][ $name ] : false;
}
function delete_option( $name ) {
	unset( $GLOBALS['options'][ $name ] );
}
function delete_transient( $name ) {
	$GLOBALS['wpdb']->deleted[] = $name;
}
function delete_metadata( $type, $id, $name, $value, $all ) {
	if ( ! $all ) {
		return false;
	}
	$GLOBALS['wpdb']->deleted[] = "{$type} {$id} {$name}";
	return true;
}
function wp_cache_flush() {}
function is_multisite() {
	return false;
}
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/uninstall.php';
echo json_encode(
	array(
		'left'    => $options,
		'deleted' => $wpdb->deleted,
	)
);
