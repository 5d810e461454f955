<?php
/**
 * Titles of offers on orders and in e-mails.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use WC_Abstract_Order;
use WC_Order_Item_Coupon;

defined( 'ABSPATH' ) || exit;

/**
 * Totals of an order name each offer, in place of one sum of all discounts.
 */
final class Order_Labels {

	/**
	 * Takes our part out of the row of discounts and gives each offer a row of its own.
	 *
	 * @param mixed             $rows        Rows of totals.
	 * @param WC_Abstract_Order $order       Order.
	 * @param string            $tax_display 'incl' or 'excl'.
	 * @return mixed
	 */
	public static function rows( $rows, $order, $tax_display ) {
		if ( ! is_array( $rows ) || ! isset( $rows['discount'] ) ) {
			return $rows;
		}
		$excluding = 'excl' === ( $tax_display ? $tax_display : get_option( 'woocommerce_tax_display_cart' ) );
		$own       = array();
		$rest      = $order->get_total_discount( $excluding );
		foreach ( self::offers( $order ) as $id => $item ) {
			$amount = (float) $item->get_discount() + ( $excluding ? 0 : (float) $item->get_discount_tax() );
			if ( $amount <= 0 ) {
				continue;
			}
			$rest -= $amount;

			$own[ 'trellis_' . $id ] = array(
				'type'  => 'discount',
				'label' => esc_html( $item->get_meta( Order_Items::TITLE ) ) . ':',
				'value' => '-' . wc_price( $amount, array( 'currency' => $order->get_currency() ) ),
			);
		}
		if ( ! $own ) {
			return $rows;
		}
		$named = array();
		foreach ( $rows as $key => $row ) {
			if ( 'discount' !== $key ) {
				$named[ $key ] = $row;
				continue;
			}
			$named += $own;
			// Half of the smallest unit is nothing but a rounding of taxes.
			if ( $rest >= 0.5 / 10 ** wc_get_price_decimals() ) {
				$row['value']  = '-' . wc_price( $rest, array( 'currency' => $order->get_currency() ) );
				$named[ $key ] = $row;
			}
		}
		return $named;
	}

	/**
	 * Names the offers below the discounts of an order in the admin.
	 *
	 * @param int $order_id Order.
	 */
	public static function in_admin( $order_id ) {
		$order = wc_get_order( $order_id );
		if ( ! $order ) {
			return;
		}
		foreach ( self::offers( $order ) as $item ) {
			/* translators: %s: title of an offer, below the sum of all discounts of an order */
			$label = sprintf( __( 'of which %s', 'trellis-for-woocommerce' ), $item->get_meta( Order_Items::TITLE ) );
			printf(
				'<tr><td class="label">%s</td><td width="1%%"></td><td class="total">- %s</td></tr>',
				esc_html( $label ),
				wp_kses_post( wc_price( $item->get_discount(), array( 'currency' => $order->get_currency() ) ) )
			);
		}
	}

	/**
	 * Coupon lines of ours.
	 *
	 * @param WC_Abstract_Order $order Order.
	 * @return WC_Order_Item_Coupon[]
	 */
	private static function offers( $order ) {
		$found = array();
		foreach ( $order->get_items( 'coupon' ) as $id => $item ) {
			if ( $item instanceof WC_Order_Item_Coupon && '' !== (string) $item->get_meta( Order_Items::TITLE ) ) {
				$found[ $id ] = $item;
			}
		}
		return $found;
	}
}
