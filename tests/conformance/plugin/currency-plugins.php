<?php
/**
 * Rates as plugins for several currencies tell them, each with as little of it as tells the rate, and what an order
 * notes of it. Written after FOX 1.4.5, CURCY 2.2.14, YayCurrency 3.0.2, Price Based on Country 3.4.10, Currency Switcher
 * 2.16.6 and WooPayments 8.4.
 */

namespace {
	define( 'ABSPATH', __DIR__ );
	require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

	$plugin = $argv[1];

	function has_filter( $hook ) {
		return 'aelia' === $GLOBALS['plugin'] && 'wc_aelia_cs_convert' === $hook;
	}
	function apply_filters( $hook, $value ) {
		return has_filter( $hook ) ? round( $value * 1.0837, 2 ) : $value;
	}
	function get_option() {
		return 'EUR';
	}
	function get_woocommerce_currency() {
		return 'USD';
	}

	if ( 'fox' === $plugin || 'fox-shows' === $plugin ) {
		$WOOCS = new class() {
			public $default_currency = 'EUR';
			public $is_multiple_allowed;
			public function __construct() {
				$this->is_multiple_allowed = 'fox' === $GLOBALS['plugin'] ? '1' : 0;
			}
			public function get_currencies() {
				return array(
					'EUR' => array( 'rate' => 1 ),
					'USD' => array( 'rate' => 1.0837 ),
				);
			}
		};
	}
	if ( 'switcher' === $plugin ) {
		function alg_wc_cs_get_currency_exchange_rate( $currency ) {
			return 'USD' === $currency ? '1.0837' : 0;
		}
	}
	if ( 'curcy' === $plugin || 'curcy-premium' === $plugin ) {
		class Curcy_Settings {
			public static function get_ins() {
				return new self();
			}
			public function get_list_currencies() {
				return array(
					'EUR' => array( 'rate' => 1 ),
					'USD' => array( 'rate' => '1.0837' ),
				);
			}
		}
		class_alias( Curcy_Settings::class, 'curcy' === $plugin ? 'WOOMULTI_CURRENCY_F_Data' : 'WOOMULTI_CURRENCY_Data' );
	}
	if ( 'country' === $plugin ) {
		function wcpbc_the_zone() {
			return new class() {
				public function get_currency() {
					return 'USD';
				}
				public function get_exchange_rate() {
					return 1.0837;
				}
			};
		}
	}
	if ( 'payments' === $plugin ) {
		function WC_Payments_Multi_Currency() {
			return new class() {
				public function get_selected_currency() {
					return $this;
				}
				public function get_code() {
					return 'USD';
				}
				public function get_rate() {
					return 1.0837;
				}
			};
		}
	}
}

namespace Yay_Currency\Helpers {
	if ( 'yay' === $GLOBALS['plugin'] ) {
		final class YayCurrencyHelper {
			public static function get_currency_by_currency_code( $code ) {
				$known = array(
					'currency' => 'USD',
					'rate'     => '1.08',
					'fee'      => array(
						'value' => '0.0037',
						'type'  => 'fixed',
					),
				);
				return 'USD' === $code ? $known : false;
			}
			public static function get_rate_fee( $known ) {
				return (float) $known['rate'] + (float) $known['fee']['value'];
			}
		}
	}
}

namespace {
	use Trellis\WooCommerce\Pricing\Exchange;
	use Trellis\WooCommerce\Pricing\Pricing;

	class WC_Abstract_Order {
		public $meta = array();
		private $currency;
		public function __construct( $currency, array $meta ) {
			$this->currency = $currency;
			$this->meta     = $meta;
		}
		public function get_id() {
			return 0;
		}
		public function get_currency() {
			return $this->currency;
		}
		public function get_meta( $key ) {
			return isset( $this->meta[ $key ] ) ? $this->meta[ $key ] : '';
		}
		public function update_meta_data( $key, $value ) {
			$this->meta[ $key ] = $value;
		}
		public function delete_meta_data( $key ) {
			unset( $this->meta[ $key ] );
		}
	}
	final class WC_Order extends WC_Abstract_Order {}

	$notes = array();
	foreach ( array( 'USD', 'GBP', 'EUR' ) as $currency ) {
		// A draft that was begun in another currency holds what was noted then.
		$order = new WC_Order( $currency, array( '_trellis_exchange_rate' => '9' ) );
		Exchange::on_order( $order );
		$notes[ $currency ] = array(
			'note'    => $order->meta,
			'again'   => Exchange::of_order( $order, 'EUR' ),
			'in yens' => Exchange::of_order( $order, 'JPY' ),
		);
	}

	// FOX turns what parcels cost at 9999.
	$turns = array(
		9999 => 'fox',
	);
	foreach ( Pricing::HOOKS as list( , , $run, $priority ) ) {
		if ( 'make_free' === $run ) {
			$turns[ $priority ] = $run;
		}
	}
	ksort( $turns );

	echo json_encode(
		array(
			'cart'   => Exchange::currency(),
			'rates'  => array(
				'USD' => Exchange::rate( 'EUR', 'USD' ),
				'GBP' => Exchange::rate( 'EUR', 'GBP' ),
				'EUR' => Exchange::rate( 'EUR', 'EUR' ),
			),
			'orders' => $notes,
			'parcel' => array_values( $turns ),
		),
		JSON_THROW_ON_ERROR
	);
}
