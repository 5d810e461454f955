<?php
/**
 * Liquid's `image`.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * A picture of the media library, in the sizes that the store has made of it.
 */
final class Image_Drop extends Drop {

	/**
	 * The attachment.
	 *
	 * @var int
	 */
	private $id;

	/**
	 * A picture.
	 *
	 * @param int $id Attachment.
	 */
	public function __construct( $id ) {
		$this->id = $id;
	}

	/**
	 * Address of the smallest file that is about as wide, ready for an attribute; '' for a picture that is gone.
	 *
	 * @param int $width Pixels; 0 = the whole picture.
	 * @return string
	 */
	public function url( $width ) {
		$data  = wp_get_attachment_metadata( $this->id );
		$sizes = $width > 0 && is_array( $data ) && isset( $data['sizes'] ) && is_array( $data['sizes'] ) ? $data['sizes'] : array();
		$best  = 'full';
		$least = PHP_INT_MAX;
		foreach ( $sizes as $name => $size ) {
			$wide = isset( $size['width'] ) ? (int) $size['width'] : 0;
			if ( $wide >= 0.9 * $width && $wide < $least ) {
				$best  = $name;
				$least = $wide;
			}
		}
		$source = wp_get_attachment_image_src( $this->id, $best );
		return $source ? esc_url( $source[0] ) : '';
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	protected function read( $name ) {
		switch ( $name ) {
			case 'src':
				return $this->url( 0 );
			case 'alt':
				return (string) get_post_meta( $this->id, '_wp_attachment_image_alt', true );
		}
		return null;
	}
}
