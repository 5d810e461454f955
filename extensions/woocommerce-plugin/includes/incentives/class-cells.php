<?php
/**
 * Reads the cells of one row of a configuration. Twin of app/domains/incentives/kinds/cells.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Reads cells in turn; after one that cannot be what it should be, `done` is false.
 */
final class Cells {
	const VALUE_TYPES = array( 'percentage', 'amount', 'price' );

	/**
	 * The row.
	 *
	 * @var array
	 */
	private $row;

	/**
	 * Rows of the shard's products.
	 *
	 * @var array[]
	 */
	private $products;

	/**
	 * The next cell.
	 *
	 * @var int
	 */
	private $at;

	/**
	 * False from the first cell on that cannot be.
	 *
	 * @var bool
	 */
	private $ok = true;

	/**
	 * Starts at a cell of a row.
	 *
	 * @param array   $row      Cells.
	 * @param int     $from     The first that is read.
	 * @param array[] $products Rows of the shard's products.
	 */
	public function __construct( array $row, $from, array $products ) {
		$this->row      = $row;
		$this->at       = $from;
		$this->products = $products;
	}

	/**
	 * A whole number of a range as an integer, or null. JSON says "1" and "1.0" alike.
	 *
	 * @param mixed $cell What was read.
	 * @param int   $low  Lowest.
	 * @param int   $high Highest.
	 * @return int|null
	 */
	public static function whole( $cell, $low, $high ) {
		if ( ! is_int( $cell ) && ! ( is_float( $cell ) && floor( $cell ) === $cell ) ) {
			return null;
		}
		return $cell >= $low && $cell <= $high ? (int) $cell : null;
	}

	/**
	 * The next cell as a count.
	 *
	 * @param int $low  Lowest; the answer for a cell that is none.
	 * @param int $high Highest.
	 * @return int
	 */
	public function count( $low, $high ) {
		$count = self::whole( $this->next(), $low, $high );
		if ( null === $count ) {
			$this->ok = false;
			return $low;
		}
		return $count;
	}

	/**
	 * A share or an amount.
	 *
	 * @return array
	 */
	public function discount() {
		return $this->value( 2 );
	}

	/**
	 * A share, an amount or a price of each unit.
	 *
	 * @return array
	 */
	public function unit_value() {
		return $this->value( 3 );
	}

	/**
	 * A product and a variant of it.
	 *
	 * @return array{productId: string, variantId: string|null}
	 */
	public function item() {
		$product_id = $this->product_id();
		return array(
			'productId' => $product_id,
			'variantId' => $this->variant_id(),
		);
	}

	/**
	 * A list of items of a role.
	 *
	 * @param string $role 'part', 'buy', 'get' or 'gift'.
	 * @return array[]
	 */
	public function items( $role ) {
		return $this->repeat(
			function () use ( $role ) {
				return $this->item() + array(
					'quantity' => 1,
					'role'     => $role,
				);
			}
		);
	}

	/**
	 * As many things as the next cell says.
	 *
	 * @param callable $read Reads one.
	 * @return array
	 */
	public function repeat( callable $read ) {
		$found = array();
		for ( $left = $this->count( 0, count( $this->row ) ); $left > 0 && $this->ok; --$left ) {
			$found[] = $read();
		}
		return $found;
	}

	/**
	 * Items with their quantities in what is left of the row.
	 *
	 * @return array[]
	 */
	public function items_to_the_end() {
		return $this->rest(
			function () {
				return $this->item() + array( 'quantity' => $this->count( 1, 1000 ) );
			}
		);
	}

	/**
	 * Things in what is left of the row.
	 *
	 * @param callable $read Reads one.
	 * @return array
	 */
	public function rest( callable $read ) {
		$found = array();
		$end   = count( $this->row );
		while ( $this->ok && $this->at < $end ) {
			$found[] = $read();
		}
		return $found;
	}

	/**
	 * True when everything could be read and nothing is left.
	 *
	 * @return bool
	 */
	public function done() {
		return $this->ok && count( $this->row ) === $this->at;
	}

	/**
	 * The next cell; null behind the last.
	 *
	 * @return mixed
	 */
	private function next() {
		$cell = isset( $this->row[ $this->at ] ) ? $this->row[ $this->at ] : null;
		++$this->at;
		return $cell;
	}

	/**
	 * A value of the first so many types.
	 *
	 * @param int $types How many.
	 * @return array
	 */
	private function value( $types ) {
		$type = self::VALUE_TYPES[ $this->count( 0, $types - 1 ) ];
		if ( 'percentage' === $type ) {
			return array(
				'type'        => $type,
				'basisPoints' => $this->count( 1, 10000 ),
			);
		}
		return array(
			'type'  => $type,
			'minor' => $this->count( 1, Money::MOST ),
		);
	}

	/**
	 * The id of a product of the shard.
	 *
	 * @return string
	 */
	private function product_id() {
		$index = self::whole( $this->next(), 0, count( $this->products ) - 1 );
		if ( null === $index ) {
			$this->ok = false;
			return '';
		}
		return $this->products[ $index ][0];
	}

	/**
	 * The id of a variant; null where any is meant.
	 *
	 * @return string|null
	 */
	private function variant_id() {
		$variant_id = $this->next();
		if ( 0 === self::whole( $variant_id, 0, 0 ) ) {
			return null;
		}
		if ( ! is_string( $variant_id ) || '' === $variant_id ) {
			$this->ok = false;
			return '';
		}
		return $variant_id;
	}
}
