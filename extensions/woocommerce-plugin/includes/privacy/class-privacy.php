<?php
/**
 * What shoppers can ask for.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Privacy;

use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Forget;
use Trellis\WooCommerce\Orders\Marks;
use Trellis\WooCommerce\Orders\Referral;
use WC_Order;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Exporter, eraser and a text for the privacy policy: this store keeps a visitor's number, by whose link somebody came and
 * marks of lines on orders, and with an account how many points it has and which products are kept for it.
 */
final class Privacy {

	/** Orders of one page. */
	const PAGE = 25;

	/** Meta of orders. */
	const META = array( Marks::VISITOR, Referral::META );

	/**
	 * Registers the exporters.
	 *
	 * @param array $exporters Those of others.
	 */
	public static function exporters( $exporters ) {
		$exporters['trellis-for-woocommerce'] = array(
			'exporter_friendly_name' => __( 'Trellis: marks on orders', 'trellis-for-woocommerce' ),
			'callback'               => array( __CLASS__, 'export' ),
		);

		$exporters['trellis-for-woocommerce-rewards'] = array(
			'exporter_friendly_name' => __( 'Trellis: points, rewards, friends and groups', 'trellis-for-woocommerce' ),
			'callback'               => array( Rewards::class, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Registers the eraser.
	 *
	 * @param array $erasers Those of others.
	 */
	public static function erasers( $erasers ) {
		$ours = array(
			'trellis-for-woocommerce' => array(
				'eraser_friendly_name' => __( 'Trellis: marks on orders', 'trellis-for-woocommerce' ),
				'callback'             => array( __CLASS__, 'erase' ),
			),
		);
		return array_merge( $ours, $erasers );
	}

	/**
	 * What orders of an address carry.
	 *
	 * @param string $email Address.
	 * @param int    $page  From 1.
	 */
	public static function export( $email, $page = 1 ) {
		$orders = self::orders( $email, $page );
		$data   = array();
		foreach ( $orders as $order ) {
			$rows  = array();
			$names = array(
				Marks::VISITOR => __( 'Number of the visitor', 'trellis-for-woocommerce' ),
				Referral::META => __( 'Code of the recommendation', 'trellis-for-woocommerce' ),
			);
			foreach ( $names as $meta => $name ) {
				$value = $order->get_meta( $meta );
				if ( is_string( $value ) && '' !== $value ) {
					$rows[] = array(
						'name'  => $name,
						'value' => $value,
					);
				}
			}
			foreach ( $order->get_items() as $item ) {
				$marks = array_filter( array( $item->get_meta( '_trellis_source' ), $item->get_meta( '_trellis_bundle' ) ), 'is_string' );
				$marks = implode( ', ', array_diff( $marks, array( '' ) ) );
				if ( '' !== $marks ) {
					$rows[] = array(
						/* translators: %s: name of a product */
						'name'  => sprintf( __( 'Where "%s" was chosen', 'trellis-for-woocommerce' ), $item->get_name() ),
						'value' => $marks,
					);
				}
			}
			if ( array() !== $rows ) {
				$data[] = array(
					'group_id'    => 'trellis_orders',
					'group_label' => __( 'Orders: marks of Trellis', 'trellis-for-woocommerce' ),
					'item_id'     => 'order-' . $order->get_id(),
					'data'        => array_merge(
						array(
							array(
								'name'  => __( 'Order', 'trellis-for-woocommerce' ),
								'value' => $order->get_order_number(),
							),
						),
						$rows
					),
				);
			}
		}
		return array(
			'data' => $data,
			'done' => count( $orders ) < self::PAGE,
		);
	}

	/**
	 * Takes the visitor's number, the recommendation and the marks from orders of an address, and has Trellis forget whose
	 * they are.
	 *
	 * @param string $email Address.
	 * @param int    $page  From 1.
	 */
	public static function erase( $email, $page = 1 ) {
		$orders = self::orders( $email, $page );
		$some   = false;
		foreach ( $orders as $order ) {
			$some = self::forget_order( $order ) || $some;
		}
		$some = self::forget_account( $email ) || $some;
		$told = self::tell( $email, $orders );
		return array(
			'items_removed'  => $some || true === $told,
			'items_retained' => is_wp_error( $told ),
			'messages'       => is_wp_error( $told ) ? array( $told->get_error_message() ) : array(),
			'done'           => count( $orders ) < self::PAGE,
		);
	}

	/**
	 * Takes from an account what the app told of it.
	 *
	 * @param string $email Address.
	 * @return bool Whether there was something.
	 */
	private static function forget_account( $email ) {
		$user = get_user_by( 'email', $email );
		$some = false;
		foreach ( $user ? Forget::USER_META : array() as $name ) {
			$some = delete_user_meta( $user->ID, $name ) || $some;
		}
		return $some;
	}

	/**
	 * Tells Trellis who is to be forgotten. It knows an address by a keyed hash alone.
	 *
	 * @param string     $email  Address.
	 * @param WC_Order[] $orders Orders of it.
	 * @return bool|WP_Error False where the store is not connected: there is nobody to tell.
	 */
	private static function tell( $email, array $orders ) {
		if ( null === Connection::get() || null === Connection::opted_in() ) {
			return false;
		}
		$user   = get_user_by( 'email', $email );
		$ids    = array_map(
			static function ( $order ) {
				return (string) $order->get_id();
			},
			$orders
		);
		$person = array(
			'customerId' => $user ? (string) $user->ID : null,
			'email'      => $email,
			'orderIds'   => array_values( $ids ),
		);
		$answer = Client::call( 'POST', '/plugin/woocommerce/forget', array(), $person, 15.0 );
		return is_wp_error( $answer ) ? $answer : true;
	}

	/**
	 * Takes them from one order.
	 *
	 * @param WC_Order $order An order.
	 * @return bool True where there was something.
	 */
	public static function forget_order( $order ) {
		$some = false;
		foreach ( $order instanceof WC_Order ? self::META : array() as $name ) {
			if ( '' !== (string) $order->get_meta( $name ) ) {
				$order->delete_meta_data( $name );
				$some = true;
			}
		}
		if ( $some ) {
			$order->save_meta_data();
		}
		foreach ( $order instanceof WC_Order ? $order->get_items() : array() as $item ) {
			foreach ( Marks::LINE as $name ) {
				if ( '' !== (string) $item->get_meta( $name ) ) {
					$item->delete_meta_data( $name );
					$item->save_meta_data();
					$some = true;
				}
			}
		}
		return $some;
	}

	/**
	 * Suggests words for the store's privacy policy.
	 */
	public static function policy() {
		$texts = array(
			__( 'We use Trellis to suggest products and to price bundles. Our orders, products and customers are sent to the Trellis service that this store is connected with, which works on our behalf.', 'trellis-for-woocommerce' ),
			__( 'If you agree to statistics, your browser keeps a random number. What you look at and click is sent to Trellis under this number, and the number is kept with your order. If you take your consent back, the number is deleted from your browser.', 'trellis-for-woocommerce' ),
			__( 'Without your consent no number is made and nothing of your visit is sent.', 'trellis-for-woocommerce' ),
			__( 'If you agree, the cookie trellis_visitor tells our shop this number until you close your browser.', 'trellis-for-woocommerce' ),
			__( 'If you follow a link by which somebody recommends us, the cookie trellis_referral keeps its code, so that you get what the link promises and they are thanked. It stays as long as the link counts, at most a year, and the code is kept with your order.', 'trellis-for-woocommerce' ),
			__( 'If you take part in our rewards programme, Trellis keeps your points, what they came from and what they were spent on.', 'trellis-for-woocommerce' ),
			__( 'Trellis sorts customers into groups by what they bought and when. Your account in our shop may carry the names of groups that you are in.', 'trellis-for-woocommerce' ),
		);
		wp_add_privacy_policy_content( 'Trellis for WooCommerce', '<p>' . implode( '</p><p>', array_map( 'esc_html', $texts ) ) . '</p>' );
	}

	/**
	 * One page of an address's orders, the oldest first, so that pages do not move.
	 *
	 * @param string $email Address.
	 * @param int    $page  From 1.
	 * @return WC_Order[]
	 */
	private static function orders( $email, $page ) {
		$user = get_user_by( 'email', $email );
		return wc_get_orders(
			array(
				'type'     => 'shop_order',
				'limit'    => self::PAGE,
				'page'     => max( 1, (int) $page ),
				'orderby'  => 'ID',
				'order'    => 'ASC',
				'customer' => $user ? array( $email, $user->ID ) : $email,
			)
		);
	}
}
