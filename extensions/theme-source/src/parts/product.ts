import './together.ts';
import './bundle.ts';
import './box.ts';

// One file: what these three share in words is worth more bytes than what a page with one block could leave out.
