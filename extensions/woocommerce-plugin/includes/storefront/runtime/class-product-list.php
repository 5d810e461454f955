<?php
/**
 * A list of products that was published by their ids.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Names products without reading them: that happens when a template looks at one.
 */
final class Product_List implements \IteratorAggregate, \Countable {

	/**
	 * Their drops.
	 *
	 * @var Product_Drop[]
	 */
	private $drops;

	/**
	 * A list.
	 *
	 * @param array $ids Ids of products, numbers or texts; anything else is left out.
	 */
	public function __construct( array $ids ) {
		$known = array();
		foreach ( $ids as $id ) {
			if ( is_numeric( $id ) && (int) $id > 0 ) {
				$known[ (int) $id ] = true;
			}
		}
		$this->drops = array_map( array( Shelf::class, 'drop' ), array_keys( $known ) );
	}

	/**
	 * How many there are.
	 *
	 * @return int
	 */
	#[\ReturnTypeWillChange]
	public function count() {
		return count( $this->drops );
	}

	/**
	 * One after the other.
	 *
	 * @return \ArrayIterator
	 */
	#[\ReturnTypeWillChange]
	public function getIterator() {
		return new \ArrayIterator( $this->drops );
	}
}
