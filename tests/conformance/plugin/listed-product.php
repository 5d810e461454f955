<?php
/**
 * Makes objects of products as widgets do. A line of JSON in (`stores`), a line of JSON out: what each store told.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Storefront\Runtime\Product_Objects;

/** As much of WooCommerce's product as is used here, with its way of reading, filtering and changing. */
class WC_Product {
	protected $id          = 0;
	protected $object_read = false;
	protected $changes     = array();
	protected $data_store;
	protected $data         = array(
		'name'      => '',
		'price'     => '',
		'tax_class' => '',
		'weight'    => '',
	);
	public function __construct( $id = 0 ) {
		$this->id          = $id;
		$this->data_store  = WC_Data_Store::load( 'product-simple' );
		$this->object_read = true;
		if ( $id > 0 ) {
			$this->data_store->read( $this );
		}
	}
	public function set_id( $id ) {
		$this->id = $id;
	}
	public function get_id() {
		return $this->id;
	}
	public function get_name() {
		return $this->get_prop( 'name' );
	}
	public function get_price() {
		return $this->get_prop( 'price' );
	}
	public function get_weight() {
		return $this->get_prop( 'weight' );
	}
	public function get_data() {
		return $this->data;
	}
	public function get_changes() {
		return $this->changes;
	}
	public function set_price( $price ) {
		$this->set_prop( 'price', (string) $price );
	}
	public function fill( $data ) {
		$this->data        = $data + $this->data;
		$this->changes     = array();
		$this->object_read = true;
	}
	public function set_props( $props ) {
		foreach ( $props as $name => $value ) {
			$this->set_prop( $name, $value );
		}
	}
	protected function get_prop( $prop, $context = 'view' ) {
		$value = array_key_exists( $prop, $this->changes ) ? $this->changes[ $prop ] : $this->data[ $prop ];
		return 'price' === $prop && $GLOBALS['store']->doubled ? (string) ( 2 * $value * strlen( $this->get_weight() ) ) : $value;
	}
	protected function set_prop( $prop, $value ) {
		if ( ! $this->object_read ) {
			$this->data[ $prop ] = $value;
		} elseif ( $value !== $this->data[ $prop ] ) {
			$this->changes[ $prop ] = $value;
		}
	}
}
class WC_Product_Simple extends WC_Product {}

final class WC_Data_Store {
	public static function load( $name ) {
		return new self();
	}
	public function get_current_class_name() {
		return $GLOBALS['store']->dataStore;
	}
	public function read( $product ) {
		++$GLOBALS['whole'];
		$product->fill( array( 'name' => 'Pot', 'price' => '12.5', 'weight' => '8' ) );
	}
}

$store = null;
$whole = 0;

function has_filter( $hook ) {
	return in_array( $hook, $GLOBALS['store']->hooked, true );
}
function is_product() {
	return $GLOBALS['store']->page > 0;
}
function get_queried_object_id() {
	return $GLOBALS['store']->page;
}
function wc_get_product( $id ) {
	return new WC_Product_Simple( $id );
}
function get_the_terms( $id, $taxonomy ) {
	$type = $GLOBALS['store']->type;
	return '' === $type ? false : array( (object) array( 'name' => $type ) );
}
function is_wp_error( $thing ) {
	return false;
}
function sanitize_title( $text ) {
	return strtolower( $text );
}
function maybe_unserialize( $text ) {
	return $text;
}
function get_post( $id ) {
	return (object) array( 'post_title' => 'Pot' );
}
function get_post_meta( $id ) {
	return array( '_price' => array( '12.5' ), '_tax_class' => array( '' ) );
}

$told   = array();
$stores = json_decode( fgets( STDIN ) )->stores;
define( 'WC_VERSION', $stores[0]->version );
foreach ( $stores as $store ) {
	Product_Objects::clear();
	$whole   = 0;
	$product = Product_Objects::of( 10 );
	$row     = array(
		'name'  => $product->get_name(),
		'price' => $product->get_price(),
		'whole' => $whole,
	);
	Product_Objects::of( 10 );
	$row['again'] = $whole;
	$product->get_weight();
	$product->get_weight();
	$changed = Product_Objects::of( 10 );
	$changed->set_price( '12.5' );
	$row['same'] = (object) $changed->get_changes();
	$changed->set_price( '3' );
	$row['changes'] = (object) $changed->get_changes();
	$row['data']    = Product_Objects::of( 10 )->get_data();
	$row['simple']  = $product instanceof WC_Product_Simple;
	$told[]         = $row;
}
echo json_encode( $told ) . "\n";
