<?php
/**
 * Asks the plugin where it puts points. A line of JSON in (`pages`), a line of JSON out: what is hooked in, and what the
 * checkout prints.
 */

// phpcs:disable -- Stand-ins of what the class reaches for.
namespace Trellis\WooCommerce {
	final class Settings {
		public static function get() {
			return array( 'placements' => array( 'points' => $GLOBALS['page']->points, 'launcher' => false ) );
		}
	}
}

namespace Trellis\WooCommerce\Storefront {
	final class Storefront {
		public static function is_published() {
			return true;
		}
	}
}

namespace Trellis\WooCommerce\Storefront\Runtime {
	final class Shelf {
		public static function shop() {
			return new self();
		}
		public function get( $name ) {
			return array( 'value' => $GLOBALS['page']->programme ? array() : null );
		}
	}
	final class Cart_Drop {
		public $cart;
		public function __construct( $cart ) {
			$this->cart = $cart;
		}
	}
	final class Page_Context {
		public static function for_page() {
			return array( 'globals' => array( 'cart' => new Cart_Drop( null ), 'routes' => array() ) );
		}
	}
	final class Renderer {
		public static function render( $name, $page ) {
			$globals = $page['globals'];
			return $name . ' ' . ( $globals['cart']->cart ? 'cart' : 'no cart' ) . ' ' . ( $globals['routes']['trellis_back'] ?? '-' );
		}
	}
}

namespace {
	define( 'ABSPATH', __DIR__ );
	require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

	use Trellis\WooCommerce\Storefront\Rewards_Places;

	final class Asked_Cart {
		public function is_empty() {
			return 0 === $GLOBALS['page']->lines;
		}
	}
	final class Asked_Woo {
		public $cart;
	}
	function WC() {
		$woo       = new Asked_Woo();
		$woo->cart = new Asked_Cart();
		return $woo;
	}
	function is_product() {
		return false;
	}
	function is_account_page() {
		return false;
	}
	function is_cart() {
		return 'cart' === $GLOBALS['page']->kind;
	}
	function is_checkout() {
		return in_array( $GLOBALS['page']->kind, array( 'checkout', 'order-received', 'order-pay' ), true );
	}
	function is_wc_endpoint_url() {
		return in_array( $GLOBALS['page']->kind, array( 'order-received', 'order-pay' ), true );
	}
	function is_user_logged_in() {
		return $GLOBALS['page']->customer;
	}
	function add_action( $hook ) {
		$GLOBALS['hooks'][] = $hook;
	}
	function add_filter( $hook ) {
		add_action( $hook );
	}

	foreach ( json_decode( fgets( STDIN ) )->pages as $page ) {
		$hooks = array();
		Rewards_Places::start();
		ob_start();
		Rewards_Places::before_checkout();
		$answers[] = array(
			'hooks' => $hooks,
			'form'  => ob_get_clean(),
			'block' => Rewards_Places::before_checkout_block( '<block>' ),
		);
	}
	echo json_encode( $answers ) . "\n";
}
