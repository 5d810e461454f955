<?php
/**
 * How amounts are written.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * A pattern such as `€{{amount|2|,|.}}`: decimals, separator of thousands, separator of decimals. Scripts of the
 * storefront read the same pattern, so that what they write looks like what was printed here. Shopify's own names
 * (`{{amount_with_comma_separator}}`) are known as well.
 */
final class Money_Format {

	const NAMED = array(
		'amount'                                  => array( 2, ',', '.' ),
		'amount_no_decimals'                      => array( 0, ',', '' ),
		'amount_with_comma_separator'             => array( 2, '.', ',' ),
		'amount_no_decimals_with_comma_separator' => array( 0, '.', '' ),
	);

	/**
	 * What stands before and behind the amount.
	 *
	 * @var string[]
	 */
	private $around;

	/**
	 * Decimals, separator of thousands, separator of decimals.
	 *
	 * @var array
	 */
	private $parts = self::NAMED['amount'];

	/**
	 * Reads a pattern.
	 *
	 * @param string $pattern Pattern; one without an amount is written before it.
	 */
	public function __construct( $pattern ) {
		$this->around = array( $pattern, '' );
		if ( ! preg_match( '/\{\{\s*(\w+)(?:\|(\d)\|([^|}]*)\|([^|}]*))?\s*\}\}/', $pattern, $found ) ) {
			return;
		}
		$this->around = explode( $found[0], $pattern, 2 );
		if ( isset( $found[2] ) ) {
			$this->parts = array( (int) $found[2], $found[3], isset( $found[4] ) ? $found[4] : '' );
		} elseif ( isset( self::NAMED[ $found[1] ] ) ) {
			$this->parts = self::NAMED[ $found[1] ];
		}
	}

	/**
	 * The pattern that writes as a store does. What would be a tag or a part of the pattern is left out, so that the
	 * result may stand between tags and in texts that are escaped.
	 *
	 * @param string $before    What stands before the amount, as text.
	 * @param string $after     What stands behind it.
	 * @param int    $decimals  Decimals.
	 * @param string $thousands Separator of thousands.
	 * @param string $point     Separator of decimals.
	 * @return string
	 */
	public static function pattern( $before, $after, $decimals, $thousands, $point ) {
		$plain = static function ( $text ) {
			return str_replace( array( '{', '|', '}', '<', '>', '&' ), '', Filters::well_formed( $text ) );
		};
		$parts = array( min( 9, max( 0, (int) $decimals ) ), $plain( $thousands ), $plain( $point ) );
		return $plain( $before ) . '{{amount|' . implode( '|', $parts ) . '}}' . $plain( $after );
	}

	/**
	 * Writes an amount.
	 *
	 * @param mixed $hundredths Hundredths of the main unit, in every currency.
	 * @return string
	 */
	public function write( $hundredths ) {
		$amount                               = Filters::number( $hundredths );
		list( $decimals, $thousands, $point ) = $this->parts;
		return $this->around[0] . ( $amount < 0 ? '-' : '' ) . number_format( abs( $amount ) / 100, $decimals, $point, $thousands ) . $this->around[1];
	}
}
