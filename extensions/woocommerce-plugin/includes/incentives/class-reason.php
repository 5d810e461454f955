<?php
/**
 * Why something did or did not apply. Twin of `Reason` in app/domains/incentives/model.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Reasons are a code, a subject (offer, line or discount code) and sometimes an amount.
 */
final class Reason {

	/**
	 * One reason.
	 *
	 * @param string         $code    What happened.
	 * @param string         $subject To what.
	 * @param int|float|null $minor   Presentment minor units.
	 * @return array
	 */
	public static function of( $code, $subject, $minor = null ) {
		$reason = array(
			'code'    => $code,
			'subject' => (string) $subject,
		);
		if ( null !== $minor ) {
			$reason['minor'] = $minor;
		}
		return $reason;
	}
}
