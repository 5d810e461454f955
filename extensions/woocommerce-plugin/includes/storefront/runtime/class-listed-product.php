<?php
/**
 * A product beside the page's own, read field by field.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce reads some forty fields and five kinds of terms to make an object of a product; a widget shows a name, a
 * picture, a price and whether it can be had. This is the same object to every filter, and reads what it is asked for:
 * a few fields one by one, as WooCommerce's own data store does, and the whole product with the first other one.
 */
final class Listed_Product extends \WC_Product_Simple {

	/** Fields of the post. */
	const OF_POST = array(
		'name'      => 'post_title',
		'slug'      => 'post_name',
		'status'    => 'post_status',
		'parent_id' => 'post_parent',
	);

	/** Fields that post meta holds. */
	const OF_META = array(
		'price'             => '_price',
		'regular_price'     => '_regular_price',
		'sale_price'        => '_sale_price',
		'tax_status'        => '_tax_status',
		'tax_class'         => '_tax_class',
		'manage_stock'      => '_manage_stock',
		'stock_quantity'    => '_stock',
		'stock_status'      => '_stock_status',
		'backorders'        => '_backorders',
		'sold_individually' => '_sold_individually',
		'image_id'          => '_thumbnail_id',
	);

	/**
	 * Names of fields that were read, as keys; null once all were.
	 *
	 * @var array|null
	 */
	private $read = array();

	/**
	 * Post meta as WooCommerce's data store reads it, once a field of it was asked for.
	 *
	 * @var array|null
	 */
	private $meta = null;

	/**
	 * A product without variations whose post and fields WordPress has read already.
	 *
	 * @param int $id Product.
	 */
	public function __construct( $id = 0 ) {
		parent::__construct( 0 );
		$this->set_id( $id );
	}

	/**
	 * All fields, with those that nobody asked for yet.
	 *
	 * @return array
	 */
	public function get_data() {
		$this->read_whole();
		return parent::get_data();
	}

	/**
	 * Makes what was set part of the product.
	 */
	public function apply_changes() {
		$this->read_whole();
		parent::apply_changes();
	}

	/**
	 * A field.
	 *
	 * @param string $prop    Name.
	 * @param string $context `view` or `edit`.
	 * @return mixed
	 */
	protected function get_prop( $prop, $context = 'view' ) {
		if ( null !== $this->read && ! isset( $this->read[ $prop ] ) ) {
			$this->read_one( $prop );
		}
		return parent::get_prop( $prop, $context );
	}

	/**
	 * Changes a field. What changes is told by what stood there.
	 *
	 * @param string $prop  Name.
	 * @param mixed  $value Its value.
	 */
	protected function set_prop( $prop, $value ) {
		if ( true === $this->object_read ) {
			$this->read_whole();
		}
		parent::set_prop( $prop, $value );
	}

	/**
	 * Reads a field, or everything where it is none of those that can be read alone.
	 *
	 * @param string $prop Name.
	 */
	private function read_one( $prop ) {
		if ( isset( self::OF_META[ $prop ] ) ) {
			if ( null === $this->meta ) {
				$this->meta = (array) get_post_meta( $this->id );
			}
			$key   = self::OF_META[ $prop ];
			$value = isset( $this->meta[ $key ][0] ) ? maybe_unserialize( $this->meta[ $key ][0] ) : null;
		} elseif ( isset( self::OF_POST[ $prop ] ) ) {
			$value = get_post( $this->id )->{self::OF_POST[ $prop ]};
		} else {
			$this->read_whole();
			return;
		}
		$this->read[ $prop ] = true;
		// An empty text stays the empty text that every one of them begins with.
		if ( null !== $value && ( '' !== $value || '' !== $this->data[ $prop ] ) ) {
			$this->object_read = false;
			$this->set_props( array( $prop => $value ) );
			$this->object_read = true;
		}
	}

	/**
	 * Reads everything, as WooCommerce would have at first.
	 */
	private function read_whole() {
		if ( null === $this->read ) {
			return;
		}
		$this->read = null;
		if ( $this->id > 0 ) {
			$this->data_store->read( $this );
		}
	}
}
