<?php
/**
 * Asks the plugin whether products may be bought. A line of JSON in (`questions`), a line of JSON out.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Storefront\Access;

/** As much of a product as is asked here. */
final class Asked_Product {
	private $id;
	private $parent;
	public function __construct( $id, $parent ) {
		$this->id     = $id;
		$this->parent = $parent;
	}
	public function get_id() {
		return $this->id;
	}
	public function get_parent_id() {
		return $this->parent;
	}
}

$asked = null;
$reads = 0;

function did_action( $name ) {
	global $asked;
	return 'template_redirect' === $name && $asked->page ? 1 : 0;
}

function get_post_meta( $id, $key, $single ) {
	global $asked, $reads;
	++$reads;
	return 10 === $id && '_trellis_access' === $key ? $asked->meta : '';
}
function get_user_meta( $id, $key, $single ) {
	global $asked;
	return '_trellis_keys' === $key && $id === $asked->user ? $asked->keys : '';
}
function get_current_user_id() {
	global $asked;
	return $asked->user;
}
function current_user_can( $what ) {
	global $asked;
	return 'manage_woocommerce' === $what && $asked->staff;
}

$answers = array();
foreach ( json_decode( fgets( STDIN ) )->questions as $asked ) {
	$answers[] = Access::is_purchasable( $asked->sold, new Asked_Product( $asked->id, $asked->parent ) );
}
echo json_encode( array( 'answers' => $answers, 'reads' => $reads ) ) . "\n";
