<?php
/**
 * What templates read by name.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

// Named, so that PHP need not look for them here first; a page calls these some thousand times.
use function array_key_exists;

defined( 'ABSPATH' ) || exit;

/**
 * An object of the store under Liquid's names. Each is worked out when a template asks for it, and once.
 */
abstract class Drop {

	/**
	 * What was read already, by name.
	 *
	 * @var array
	 */
	private $known = array();

	/**
	 * The value of a name; null for one that is not known.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	final public function get( $name ) {
		if ( ! isset( $this->known[ $name ] ) && ! array_key_exists( $name, $this->known ) ) {
			$this->known[ $name ] = $this->read( $name );
		}
		return $this->known[ $name ];
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	abstract protected function read( $name );
}
