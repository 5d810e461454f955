<?php
/**
 * Exporters and eraser of WordPress, with as little of it as they ask for.
 */

define( 'ABSPATH', __DIR__ );
define( 'TRELLIS_WOOCOMMERCE_VERSION', 'test' );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Privacy\Privacy;
use Trellis\WooCommerce\Privacy\Rewards;

$connected = true;
$answer    = null;
$asked     = array();
$taken     = array();

function __( $text ) {
	return $text;
}
function apply_filters( $hook, $value ) {
	return $value;
}
function get_option( $name, $instead = false ) {
	$options = array(
		'home'               => 'https://shop.example',
		'trellis_opt_in'     => array( 'appUrl' => 'https://trellis.example' ),
		'trellis_connection' => array(
			'shopId' => 's1',
			'appUrl' => 'https://trellis.example',
			'secret' => 'secret',
			'site'   => 'shop.example',
		),
	);
	return $GLOBALS['connected'] && isset( $options[ $name ] ) ? $options[ $name ] : $instead;
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function get_transient() {
	return false;
}
function get_locale() {
	return 'en_US';
}
function get_user_locale() {
	return 'de_DE';
}
function get_user_by( $field, $email ) {
	return 'ida@fern.example' === $email ? (object) array( 'ID' => 7 ) : false;
}
function delete_user_meta( $user, $name ) {
	$GLOBALS['taken'][ $name ] = $user;
	return false;
}
function sanitize_key( $text ) {
	return preg_replace( '/[^a-z0-9_\-]/', '', strtolower( $text ) );
}
function sanitize_text_field( $text ) {
	return trim( strip_tags( $text ) );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function wp_remote_request( $address, $request ) {
	$GLOBALS['asked'][] = array( $address, json_decode( $request['body'], true ) );
	return $GLOBALS['answer'];
}
function wp_remote_retrieve_response_code( $response ) {
	return $response['status'];
}
function wp_remote_retrieve_body( $response ) {
	return $response['body'];
}
function wc_get_orders() {
	return $GLOBALS['orders'];
}
final class WP_Error {
	public $code;
	public function __construct( $code = '' ) {
		$this->code = $code;
	}
	public function get_error_message() {
		return $this->code;
	}
	public function get_error_data() {
		return null;
	}
}
class Meta {
	public $meta;
	public $saved = 0;
	public function __construct( array $meta ) {
		$this->meta = $meta;
	}
	public function get_meta( $name ) {
		return isset( $this->meta[ $name ] ) ? $this->meta[ $name ] : '';
	}
	public function delete_meta_data( $name ) {
		unset( $this->meta[ $name ] );
	}
	public function save_meta_data() {
		++$this->saved;
	}
}
final class Item extends Meta {
	public function get_name() {
		return 'Mug';
	}
}
final class WC_Order extends Meta {
	public $item;
	public function get_items() {
		return array( $this->item );
	}
	public function get_id() {
		return 11;
	}
	public function get_order_number() {
		return '11';
	}
}

$order         = new WC_Order(
	array(
		'_trellis_visitor'  => 'v1',
		'_trellis_referral' => 'F-ABCDEFGH',
		'_of_others'        => 'stays',
	)
);
$order->item   = new Item( array( '_trellis_source' => 'together' ) );
$orders        = array( $order );
$plain         = new WC_Order( array( '_of_others' => 'stays' ) );
$plain->item   = new Item( array() );
$answers       = static function ( $status, $body ) {
	return array(
		'status' => $status,
		'body'   => json_encode( $body ),
	);
};
$groups        = array(
	array(
		'id'    => 'points',
		'label' => 'Ihre <b>Vorteile</b>',
		'items' => array(
			array(
				array(
					'name'  => 'Guthaben',
					'value' => '120<script>',
				),
				array( 'name' => 'no value' ),
			),
			'nonsense',
		),
	),
	array( 'id' => 7 ),
	'nonsense',
);
$told          = array( 'orders' => Privacy::export( 'ida@fern.example' ) );
$answer        = $answers( 200, array( 'groups' => $groups ) );
$told['known'] = Rewards::export( 'ida@fern.example' );
$told['guest'] = count( Rewards::export( 'guest@fern.example' )['data'] );
$answer        = $answers( 200, array( 'groups' => 'x' ) );
$told['odd']   = Rewards::export( 'ida@fern.example' );
$answer        = new WP_Error( 'timed out' );
$told['away']  = Rewards::export( 'ida@fern.example' )->code;
$told['asked'] = $asked;

$connected         = false;
$asked             = array();
$told['alone']     = Rewards::export( 'ida@fern.example' );
$told['alone.ask'] = $asked;
$told['erased']    = array( Privacy::erase( 'ida@fern.example' ), $order->meta, $order->saved, $order->item->meta );
$told['again']     = Privacy::erase( 'ida@fern.example' )['items_removed'];
$told['plain']     = array( Privacy::forget_order( $plain ), $plain->saved );
$told['names']     = array_keys( Privacy::exporters( array( 'of-others' => 1 ) ) );
$told['taken']     = $taken;
echo json_encode( $told );
